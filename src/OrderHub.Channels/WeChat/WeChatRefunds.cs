using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>An after-sale order as one of our refunds. Pure.</summary>
internal static class WeChatRefunds
{
    public static RawDocument Document(JsonReading refund) => RawDocuments.From(refund, x => x.Id("after_sale_order_id"), Version);

    public static long Version(JsonReading refund) => refund.NeedUnixTime("update_time").ToUnixTimeMilliseconds();

    public static IncomingRefund Map(int shopId, string json) => JsonReading.Map(json, refund =>
    {
        var status = Status(refund);
        var amount = refund.NeedObject("refund_info").NeedFen("amount");
        var modified = refund.NeedUnixTime("update_time");
        return new IncomingRefund(shopId, refund.Id("after_sale_order_id"), Version(refund), refund.Id("order_id"), refund.Find("product_info")?.TextOrNull("sku_id"), Kind(refund), status,
            amount, status == RefundStatus.Done ? amount : 0, refund.TextOrNull("reason_text") ?? refund.Text("reason"), refund.UnixTime("create_time") ?? modified, modified);
    });

    public static RefundKind Kind(JsonReading refund) => refund.Id("type") switch
    {
        "REFUND" => RefundKind.RefundOnly,
        "RETURN" => RefundKind.ReturnRefund,
        "EXCHANGE" => RefundKind.Exchange,
        _ => throw refund.Need("type").Fault("是未知的售后类型"),
    };

    public static RefundStatus Status(JsonReading refund) => refund.Id("status") switch
    {
        "MERCHANT_PROCESSING" or "USER_WAIT_CONFIRM" or "USER_WAIT_CONFIRM_UPDATE" or "USER_WAIT_HANDLE_MERCHANT_AFTER_SALE" => RefundStatus.Applied,
        "USER_WAIT_RETURN" => RefundStatus.Agreed,
        // agreed; the money is on its way, or somebody has to pay it
        "PLATFORM_REFUNDING" or "PLATFORM_REFUND_FAIL" or "MERCHANT_OVERDUE_REFUND" or "WAIT_PACKAGE_INTERCEPT" => RefundStatus.Agreed,
        "MERCHANT_WAIT_RECEIPT" => RefundStatus.Returning,
        "USER_WAIT_RECEIPT" => RefundStatus.Received,
        "MERCHANT_REJECT_REFUND" or "MERCHANT_REJECT_RETURN" or "MERCHANT_REJECT_EXCHANGE" or "MERCHANT_REJECT_RESHIP" => RefundStatus.Refused,
        "USER_CANCELD" or "USER_CANCELED" or "RETURN_CLOSED" or "MERCHANT_FAIL" or "MERCHANT_REFUND_RETRY_FAIL" => RefundStatus.Closed,
        "MERCHANT_REFUND_SUCCESS" or "MERCHANT_RETURN_SUCCESS" or "MERCHANT_EXCHANGE_SUCCESS" => RefundStatus.Done,
        _ => throw refund.Need("status").Fault("是未知的售后状态"),
    };
}
