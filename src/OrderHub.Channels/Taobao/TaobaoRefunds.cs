using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

internal static class TaobaoRefunds
{
    public const string Fields = "refund_id,tid,oid,status,order_status,good_status,has_good_return,dispute_type,total_fee,refund_fee,payment,reason,created,modified,refund_phase,refund_version";

    public static long Version(JsonReading refund) => refund.NeedChinaTime("modified").ToUnixTimeMilliseconds();

    public static RawDocument Document(JsonReading refund) => RawDocuments.From(refund, x => x.Id("refund_id"), Version);

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund =>
    {
        var status = Status(refund);
        var fee = refund.NeedYuan("refund_fee");
        var modified = refund.NeedChinaTime("modified");
        return new IncomingRefund(shopId, refund.Id("refund_id"), modified.ToUnixTimeMilliseconds(), refund.Id("tid"), refund.TextOrNull("oid"), Kind(refund), status,
            fee, status == RefundStatus.Done ? fee : 0, refund.Text("reason"), refund.ChinaTime("created") ?? modified, modified);
    });

    private static RefundKind Kind(JsonReading refund) => refund.Text("dispute_type") switch
    {
        "TMALL_EXCHANGE" or "TAOBAO_EXCHANGE" or "REPAIR" or "RESHIPPING" => RefundKind.Exchange,
        "REFUND_AND_RETURN" => RefundKind.ReturnRefund,
        _ => refund.Flag("has_good_return") ? RefundKind.ReturnRefund : RefundKind.RefundOnly,
    };

    public static RefundStatus Status(JsonReading refund) => refund.Id("status") switch
    {
        "WAIT_SELLER_AGREE" or "WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS" or "EXCHANGE_TRANSFORM_TO_REFUND" => RefundStatus.Applied,
        "WAIT_BUYER_RETURN_GOODS" => RefundStatus.Agreed,
        "WAIT_SELLER_CONFIRM_GOODS" => RefundStatus.Returning,
        "WAIT_SELLER_CONSIGN_GOODS" => RefundStatus.Received,
        "SELLER_REFUSE_BUYER" => RefundStatus.Refused,
        "CLOSED" => RefundStatus.Closed,
        "SUCCESS" => RefundStatus.Done,
        _ => throw refund.Need("status").Fault("是未知的退款状态"),
    };
}
