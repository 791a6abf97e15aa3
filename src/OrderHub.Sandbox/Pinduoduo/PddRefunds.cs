using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Pinduoduo;

internal static class PddRefunds
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>Which of these orders have a refund, running or done: to be asked before shipping.</summary>
    public static PopAnswer Check(PopCall call)
    {
        if (call.Need("order_sns", out var list) is { } missing) return missing;
        return new PopBody("refund_status_check_response", new()
        {
            ["order_sns_exists_refund"] = Answers.Array(PddOrders.Known(call, list).Where(o => PddOrder.RefundStatus(o) != 1), o => new JsonObject { ["order_sn"] = o.No }),
        });
    }

    public static PopAnswer Increment(PopCall call)
    {
        if (call.Text("after_sales_status") is null) return PopFault.Missing("after_sales_status");
        if (call.Text("after_sales_type") is null) return PopFault.Missing("after_sales_type");
        if (call.Number("after_sales_status", 1, 0, 40, out var status) is { } badStatus) return badStatus;
        if (call.Number("after_sales_type", 1, 1, 6, out var type) is { } badType) return badType;
        if (call.Number("page", 1, 1, int.MaxValue, out var page) is { } badPage) return badPage;
        if (call.Number("page_size", 100, 1, 100, out var size) is { } badSize) return badSize;
        IEnumerable<(SandboxOrder Order, SandboxRefund Refund)> all;
        if (call.Text("order_sn") is { } no)
        {
            all = PddOrders.Known(call, no).SelectMany(o => o.Refunds.Select(r => (o, r)));
        }
        else
        {
            if (call.Window("start_updated_at", "end_updated_at", Window, out var start, out var end) is { } badWindow) return badWindow;
            // status 1 stands for all, as the documentation's samples use it
            all = call.Market.Orders.RefundsBetween(SandboxPlatform.Pinduoduo, start, end).Reverse()
                .Where(r => (status <= 1 || PddOrder.AfterSalesStatus(r.Refund) == status) && (type == 1 || Type(r.Refund) == type));
        }
        var found = Page<(SandboxOrder Order, SandboxRefund Refund)>.Of([.. all], page, size);
        return new PopBody("refund_increment_get_response", new()
        {
            ["total_count"] = found.Total,
            ["refund_list"] = Answers.Array(found.Items, r => Shape(r.Order, r.Refund)),
        });
    }

    /// <summary>2 refund only, 3 return and refund.</summary>
    private static int Type(SandboxRefund refund) => refund.Kind == SandboxRefundKind.ReturnGoods ? 3 : 2;

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund)
    {
        var line = order.Lines.FirstOrDefault(l => l.No == refund.LineNo) ?? order.Lines[0];
        return new JsonObject
        {
            ["id"] = long.Parse(refund.No, CultureInfo.InvariantCulture),
            ["order_sn"] = order.No,
            ["after_sales_type"] = Type(refund),
            ["after_sales_status"] = PddOrder.AfterSalesStatus(refund),
            ["refund_amount"] = Yuan.Text(refund.AmountFen),
            ["order_amount"] = Yuan.Text(order.PayFen),
            ["discount_amount"] = Yuan.Text(order.LineDiscountFen + order.ShopDiscountFen + order.PlatformDiscountFen),
            ["goods_id"] = line.ProductId,
            ["goods_name"] = line.Title,
            ["goods_number"] = line.Quantity,
            ["goods_price"] = Yuan.Text(line.PriceFen),
            ["good_image"] = "",
            ["sku_id"] = line.PlatformSkuId.ToString(CultureInfo.InvariantCulture),
            ["outer_id"] = line.SkuCode,
            ["outer_goods_id"] = line.SkuCode,
            ["tracking_number"] = "",
            ["shipping_name"] = "",
            ["user_shipping_status"] = order.SignedAt is null ? "0" : "1",
            // unix seconds as text here, unlike the orders
            ["created_time"] = Seconds(refund.CreatedAt),
            ["updated_time"] = Seconds(refund.ModifiedAt),
            ["confirm_time"] = Seconds(order.PaidAt ?? order.CreatedAt),
            ["after_sale_reason"] = refund.Reason,
            ["speed_refund_flag"] = 0,
            ["dispute_refund_status"] = 0,
        };
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
