using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Mall;

internal static class MallRefunds
{
    public static RawDocument Document(JsonReading refund) => RawDocuments.From(refund, x => x.NeedText("refund_no"), x => x.NeedWhole("version"));

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund =>
    {
        var status = Status(refund);
        var modified = refund.NeedIsoTime("updated_at");
        return new IncomingRefund(shopId, refund.NeedText("refund_no"), refund.NeedWhole("version"), refund.NeedText("order_no"), refund.TextOrNull("line_id"), Kind(refund), status,
            refund.NeedFen("apply_amount"), status == RefundStatus.Done ? refund.NeedFen("refunded_amount") : 0, refund.Text("reason"), refund.IsoTime("created_at") ?? modified, modified);
    });

    private static RefundKind Kind(JsonReading refund) => refund.NeedText("type") switch
    {
        "refund_only" => RefundKind.RefundOnly,
        "return_refund" => RefundKind.ReturnRefund,
        "exchange" => RefundKind.Exchange,
        _ => throw refund.Need("type").Fault("是未知的退款类型"),
    };

    private static RefundStatus Status(JsonReading refund) => refund.NeedText("status") switch
    {
        "applied" => RefundStatus.Applied,
        "agreed" => RefundStatus.Agreed,
        "returning" => RefundStatus.Returning,
        "received" => RefundStatus.Received,
        "refused" => RefundStatus.Refused,
        "closed" => RefundStatus.Closed,
        "done" => RefundStatus.Done,
        _ => throw refund.Need("status").Fault("是未知的退款状态"),
    };
}
