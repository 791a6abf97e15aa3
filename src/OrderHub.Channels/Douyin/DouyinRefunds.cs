using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

internal static class DouyinRefunds
{
    private const long Refunded = 3;

    public static string Id(JsonReading item) => item.NeedObject("aftersale_info").Id("aftersale_id");

    public static long Version(JsonReading item) => item.NeedObject("aftersale_info").NeedUnixTime("update_time").ToUnixTimeMilliseconds();

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, item =>
    {
        var paper = item.NeedObject("aftersale_info");
        var order = item.NeedObject("order_info");
        var modified = paper.NeedUnixTime("update_time");
        var status = Status(paper);
        var amount = paper.Fen("refund_amount");
        var kind = Kind(paper);
        var lines = order.Items("related_order_info");
        return new IncomingRefund(shopId, paper.Id("aftersale_id"), Version(item), order.Id("shop_order_id"), lines.Count == 1 ? lines[0].TextOrNull("sku_order_id") : null, kind, status,
            amount, status == RefundStatus.Done && kind != RefundKind.Exchange ? amount : 0, Reason(item), paper.UnixTime("apply_time") ?? paper.UnixTime("create_time") ?? modified, modified);
    });

    private static string Reason(JsonReading item) => item.Find("text_part") is { IsObject: true } texts ? texts.Text("reason_text") : "";

    private static RefundKind Kind(JsonReading paper) => paper.NeedInteger("aftersale_type") switch
    {
        0 => RefundKind.ReturnRefund,
        // refund only after shipping, before shipping, price protection
        1 or 2 or 6 => RefundKind.RefundOnly,
        3 or 7 or 8 => RefundKind.Exchange,
        _ => throw paper.Need("aftersale_type").Fault("是未知的售后类型"),
    };

    private static RefundStatus Status(JsonReading paper) => paper.NeedInteger("aftersale_status") switch
    {
        6 => RefundStatus.Applied,
        7 => RefundStatus.Agreed,
        11 => RefundStatus.Returning,
        8 or 13 => RefundStatus.Received,
        // agreed in full, but the money may still be on its way
        12 when paper.Integer("refund_status") is not 0 and not Refunded => RefundStatus.Agreed,
        12 or 14 => RefundStatus.Done,
        27 or 29 => RefundStatus.Refused,
        28 or 51 or 53 => RefundStatus.Closed,
        _ => throw paper.Need("aftersale_status").Fault("是未知的售后状态"),
    };
}
