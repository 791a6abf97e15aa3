using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Kuaishou;

internal static class KuaishouRefunds
{
    private const long Refused = 3;

    public static string Id(JsonReading refund) => refund.Id("refundId");

    public static long Version(JsonReading refund) => refund.NeedUnixMillis("updateTime").ToUnixTimeMilliseconds();

    /// <summary>An order is one product, so the refund is of the whole order.</summary>
    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund =>
    {
        var status = Status(refund);
        var amount = refund.NeedFen("refundFee");
        var modified = refund.NeedUnixMillis("updateTime");
        return new IncomingRefund(shopId, Id(refund), Version(refund), refund.Id("oid"), null, Kind(refund), status, amount,
            status == RefundStatus.Done && Kind(refund) != RefundKind.Exchange ? amount : 0, refund.TextOrNull("refundReasonDesc") ?? refund.Text("refundDesc"),
            refund.UnixMillis("createTime") ?? modified, modified);
    });

    public static RefundKind Kind(JsonReading refund) => refund.NeedInteger("handlingWay") switch
    {
        1 => RefundKind.ReturnRefund,
        10 => RefundKind.RefundOnly,
        3 => RefundKind.Exchange,
        _ => throw refund.Need("handlingWay").Fault("是未知的售后方式"),
    };

    /// <summary>10, 11 asked; 12 refused; 20–22 the platform decides; 30 the buyer is to send back; 40 sent back; 45 sent anew; 50 money on its way.</summary>
    public static RefundStatus Status(JsonReading refund) => refund.NeedInteger("status") switch
    {
        10 or 11 when refund.Integer("negotiateStatus") == Refused => RefundStatus.Refused,
        10 or 11 or 20 or 21 => RefundStatus.Applied,
        12 => RefundStatus.Refused,
        22 or 30 or 50 => RefundStatus.Agreed,
        40 => RefundStatus.Returning,
        45 => RefundStatus.Received,
        60 => RefundStatus.Done,
        70 => RefundStatus.Closed,
        _ => throw refund.Need("status").Fault("是未知的售后状态"),
    };
}
