using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pinduoduo;

internal static class PinduoduoRefunds
{
    public static long Version(JsonReading refund) => NeedTime(refund, "updated_time").ToUnixTimeMilliseconds();

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund =>
    {
        var status = Status(refund);
        var amount = refund.NeedYuan("refund_amount");
        var modified = NeedTime(refund, "updated_time");
        // an order is one product here, so the refund is of the whole order
        return new IncomingRefund(shopId, refund.Id("id"), modified.ToUnixTimeMilliseconds(), refund.Id("order_sn"), null, Kind(refund), status, amount,
            status == RefundStatus.Done && Kind(refund) != RefundKind.Exchange ? amount : 0, refund.Text("after_sale_reason"), Time(refund, "created_time") ?? modified, modified);
    });

    /// <summary>The list counts 2 refund only, 3 return, 4 exchange, 5 resend, 6 repair.</summary>
    private static RefundKind Kind(JsonReading refund) => refund.NeedInteger("after_sales_type") switch
    {
        2 => RefundKind.RefundOnly,
        3 => RefundKind.ReturnRefund,
        4 or 5 or 6 => RefundKind.Exchange,
        _ => throw refund.Need("after_sales_type").Fault("是未知的售后类型"),
    };

    /// <summary>The same numbers in the list and in the detail.</summary>
    public static RefundStatus Status(JsonReading refund) => refund.NeedInteger("after_sales_status") switch
    {
        2 or 3 or 8 or 14 or 21 or 32 => RefundStatus.Applied,
        4 or 5 or 7 or 15 or 33 => RefundStatus.Agreed,
        18 or 22 or 27 => RefundStatus.Returning,
        6 or 9 or 31 => RefundStatus.Refused,
        0 or 11 or 12 or 13 or 17 or 24 => RefundStatus.Closed,
        10 or 16 or 25 => RefundStatus.Done,
        _ => throw refund.Need("after_sales_status").Fault("是未知的售后状态"),
    };

    private static DateTimeOffset NeedTime(JsonReading refund, string name) => Time(refund, name) ?? throw refund.Missing(name);

    /// <summary>Unix seconds as text in this call, date texts in others.</summary>
    private static DateTimeOffset? Time(JsonReading refund, string name) =>
        long.TryParse(refund.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? refund.UnixTime(name) : refund.ChinaTime(name);
}
