using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

internal static class DouyinAfterSales
{
    private const int DeepestRow = 50_000;

    public static DouyinAnswer List(DouyinCall call)
    {
        if (call.Pages(DeepestRow, out var page, out var size) is { } badPage) return badPage;
        if (!call.Window("update_start_time", "update_end_time", out var updatedFrom, out var updatedTo, out _)
            || !call.Window("start_time", "end_time", out var appliedFrom, out var appliedTo, out _))
            return DouyinAnswer.Invalid("isv.parameter-invalid", "开始和结束时间必须成对且不相等");
        var statuses = Numbers(call, "standard_aftersale_status");
        var found = call.Market.Orders.RefundsBetween(SandboxPlatform.Douyin, updatedFrom, updatedTo)
            .Where(r => r.Refund.CreatedAt >= appliedFrom && r.Refund.CreatedAt < appliedTo.AddSeconds(1)
                && (call.Text("order_id") is not { } no || no == r.Order.No)
                && (call.Text("aftersale_id") is not { } id || id == r.Refund.No)
                && (call.Number("aftersale_type") is not { } type || type == DouyinOrder.AfterSaleType(r.Refund))
                && (statuses is null || statuses.Contains(DouyinOrder.AfterSaleStatus(r.Refund))));
        // without the documented order_by the list runs newest application first, and rows that change slip between pages
        found = call.Business.TryGetProperty("order_by", out var orderBy) && orderBy.ToString().Contains("update_time asc", StringComparison.Ordinal)
            ? found : found.OrderByDescending(r => r.Refund.CreatedAt);
        var shown = Page<(SandboxOrder Order, SandboxRefund Refund)>.Of([.. found], page + 1, size);
        return DouyinAnswer.Success(new JsonObject
        {
            ["items"] = Answers.Array(shown.Items, r => Shape(r.Order, r.Refund)),
            ["has_more"] = shown.HasNext,
            ["total"] = shown.Total,
            ["page"] = page,
            ["size"] = shown.Items.Count,
        });
    }

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund)
    {
        var line = order.Lines.FirstOrDefault(l => l.No == refund.LineNo) ?? order.Lines[0];
        return new JsonObject
        {
            ["aftersale_info"] = new JsonObject
            {
                ["aftersale_id"] = refund.No,
                ["aftersale_status"] = DouyinOrder.AfterSaleStatus(refund),
                ["aftersale_type"] = DouyinOrder.AfterSaleType(refund),
                ["related_id"] = OrderNumbers.SubOrder(order, line.No).ToString(CultureInfo.InvariantCulture),
                ["apply_time"] = refund.CreatedAt.ToUnixTimeSeconds(),
                ["create_time"] = refund.CreatedAt.ToUnixTimeSeconds(),
                ["update_time"] = refund.ModifiedAt.ToUnixTimeSeconds(),
                ["status_deadline"] = refund.CreatedAt.AddDays(2).ToUnixTimeSeconds(),
                ["refund_amount"] = refund.AmountFen,
                ["refund_post_amount"] = Math.Max(0, refund.AmountFen - line.PayFen),
                ["aftersale_num"] = line.Quantity,
                ["refund_status"] = DouyinOrder.RefundStatus(refund),
                ["arbitrate_status"] = 0,
                ["return_logistics_code"] = "",
                ["return_logistics_company_name"] = "",
                ["got_pkg"] = order.SignedAt is null ? 0 : 1,
                ["reason"] = refund.Reason,
            },
            ["order_info"] = new JsonObject
            {
                ["shop_order_id"] = order.No,
                ["related_order_info"] = new JsonArray(new JsonObject
                {
                    ["sku_order_id"] = OrderNumbers.SubOrder(order, line.No).ToString(CultureInfo.InvariantCulture),
                    ["order_status"] = DouyinOrder.Status(order),
                    ["pay_amount"] = line.PayFen,
                    ["item_num"] = line.Quantity,
                    ["product_id"] = line.ProductId,
                    ["shop_sku_code"] = line.SkuCode,
                }),
            },
            ["text_part"] = new JsonObject { ["reason_text"] = refund.Reason },
            ["seller_logs"] = new JsonArray(),
        };
    }

    private static HashSet<int>? Numbers(DouyinCall call, string name) =>
        call.Business.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select(v => Incoming.TryInt(Incoming.Scalar(v), -1, out var number) ? number : -1)] : null;
}
