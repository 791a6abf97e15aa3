using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

/// <summary>
/// An after-sale paper as one of our refunds. Pure. The list and the detail name the same things differently; only the detail tells what
/// was really paid back.
/// </summary>
internal static class DouyinRefunds
{
    private const long Refunded = 3;
    private const long Success = 12;

    public static string Id(JsonReading item) => Paper.Of(item).Id;

    public static long Version(JsonReading item) => Paper.Of(item).UpdatedAt.ToUnixTimeMilliseconds();

    /// <summary>The money went back, so the detail is needed for how much.</summary>
    public static bool IsPaidBack(JsonReading item) => item.Find("aftersale_info") is { IsObject: true } paper && paper.Text("refund_status") == "3" && paper.Text("aftersale_status") == "12";

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, item =>
    {
        var paper = Paper.Of(item);
        var order = item.NeedObject("order_info");
        var status = Status(paper);
        var kind = Kind(paper);
        var lines = order.Items(paper.LinesName);
        return new IncomingRefund(shopId, paper.Id, Version(item), order.Id("shop_order_id"), lines.Count == 1 ? lines[0].TextOrNull("sku_order_id") : null, kind, status,
            paper.AppliedFen, status == RefundStatus.Done && kind != RefundKind.Exchange ? paper.PaidBackFen : 0, paper.Reason, paper.AppliedAt, paper.UpdatedAt);
    });

    public static RefundKind Kind(Paper paper) => paper.Type switch
    {
        0 => RefundKind.ReturnRefund,
        // refund only after shipping, before shipping, price protection
        1 or 2 or 6 => RefundKind.RefundOnly,
        3 or 7 or 8 => RefundKind.Exchange,
        _ => throw paper.Json.Fault("含有未知的售后类型"),
    };

    public static RefundStatus Status(Paper paper) => paper.Status switch
    {
        6 => RefundStatus.Applied,
        7 => RefundStatus.Agreed,
        11 => RefundStatus.Returning,
        8 or 13 => RefundStatus.Received,
        // agreed in full, but the money may still be on its way
        Success when paper.RefundStatus is not 0 and not Refunded => RefundStatus.Agreed,
        Success or 14 => RefundStatus.Done,
        27 or 29 => RefundStatus.Refused,
        28 or 51 or 53 => RefundStatus.Closed,
        _ => throw paper.Json.Fault("含有未知的售后状态"),
    };

    /// <summary>What both forms tell. Amounts in fen.</summary>
    internal sealed record Paper(JsonReading Json, string Id, long Status, long Type, long RefundStatus, long AppliedFen, long PaidBackFen, string Reason,
        DateTimeOffset AppliedAt, DateTimeOffset UpdatedAt, string LinesName)
    {
        public static Paper Of(JsonReading item) => item.Find("process_info") is { IsObject: true } process ? OfDetail(process.NeedObject("after_sale_info")) : OfList(item.NeedObject("aftersale_info"), item);

        private static Paper OfDetail(JsonReading p)
        {
            var updated = p.NeedUnixTime("update_time");
            var applied = p.Fen("refund_total_amount");
            return new(p, p.Id("after_sale_id"), p.NeedInteger("after_sale_status"), p.NeedInteger("after_sale_type"), p.Integer("refund_status"), applied,
                p.FenOrNull("real_refund_amount") is { } real and > 0 ? real : applied, p.Text("reason"), p.UnixTime("apply_time") ?? updated, updated, "sku_order_infos");
        }

        private static Paper OfList(JsonReading p, JsonReading item)
        {
            var updated = p.NeedUnixTime("update_time");
            var amount = p.Fen("refund_amount");
            return new(p, p.Id("aftersale_id"), p.NeedInteger("aftersale_status"), p.NeedInteger("aftersale_type"), p.Integer("refund_status"), amount, amount,
                item.Find("text_part") is { IsObject: true } texts ? texts.Text("reason_text") : "", p.UnixTime("apply_time") ?? p.UnixTime("create_time") ?? updated, updated, "related_order_info");
        }
    }
}
