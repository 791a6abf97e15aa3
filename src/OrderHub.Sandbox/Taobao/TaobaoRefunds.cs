using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Taobao;

internal static class TaobaoRefunds
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static TopAnswer Receive(TopCall call)
    {
        if (call.Need("fields", out var fields) is { } noFields) return noFields;
        if (call.Number("page_no", 1, 1, int.MaxValue, out var page) is { } badPage) return badPage;
        if (call.Number("page_size", 40, 1, 100, out var size) is { } badSize) return badSize;
        var (start, end) = (call.Now - Longest, call.Now);
        if (call.Text("start_modified") is not null && call.Window("start_modified", "end_modified", Longest, out start, out end) is { } badWindow) return badWindow;

        var status = call.Text("status");
        var all = call.Market.Orders.RefundsBetween(SandboxPlatform.Taobao, start, end);
        var found = Page<(SandboxOrder Order, SandboxRefund Refund)>.Of(
            [.. all.Reverse().Where(r => status is null || TaobaoTrade.RefundStatus(r.Refund) == status)], page, size);
        var wanted = TaobaoTrades.Wanted(fields);
        var body = new JsonObject();
        if (call.Flag("use_has_next")) body["has_next"] = found.HasNext;
        else body["total_results"] = found.Total;
        if (found.Items.Count > 0)
            body["refunds"] = new JsonObject { ["refund"] = Answers.Array(found.Items, r => Answers.Only(Shape(r.Order, r.Refund), wanted)) };
        return new TopBody(body);
    }

    public static TopAnswer Get(TopCall call)
    {
        if (call.Need("fields", out var fields) is { } noFields) return noFields;
        if (call.Need("refund_id", out var id) is { } noId) return noId;
        if (call.Market.Orders.FindRefund(SandboxPlatform.Taobao, id) is not { } found) return TopFault.Business("isv.refund-not-exist", "退款单不存在");
        return new TopBody(new() { ["refund"] = Answers.Only(Shape(found.Order, found.Refund), TaobaoTrades.Wanted(fields)) });
    }

    public static string Phase(SandboxOrder order) => order.State == SandboxOrderState.Finished ? "aftersale" : "onsale";

    /// <summary>The instant of the refund's last change, in milliseconds.</summary>
    public static string Version(SandboxRefund refund) => refund.ModifiedAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund)
    {
        var line = order.Lines.FirstOrDefault(l => l.No == refund.LineNo) ?? order.Lines[0];
        var returned = refund.Kind == SandboxRefundKind.ReturnGoods;
        return new JsonObject
        {
            ["refund_id"] = refund.No,
            ["tid"] = long.Parse(order.No, System.Globalization.CultureInfo.InvariantCulture),
            ["oid"] = OrderNumbers.SubOrder(order, line.No),
            ["status"] = TaobaoTrade.RefundStatus(refund),
            ["order_status"] = TaobaoTrade.Status(order),
            ["good_status"] = returned ? "BUYER_RETURNED_GOODS" : "BUYER_NOT_RECEIVED",
            ["has_good_return"] = returned,
            ["dispute_type"] = returned ? "REFUND_AND_RETURN" : "REFUND",
            ["refund_phase"] = Phase(order),
            ["total_fee"] = Yuan.Text(order.PayFen),
            ["payment"] = Yuan.Text(order.PayFen - refund.AmountFen),
            ["refund_fee"] = Yuan.Text(refund.AmountFen),
            ["reason"] = refund.Reason,
            ["desc"] = "",
            ["title"] = line.Title,
            ["price"] = Yuan.Text(line.PriceFen),
            ["num"] = line.Quantity,
            ["num_iid"] = line.ProductId,
            ["sku"] = $"{line.PlatformSkuId}|规格:{line.Spec}",
            ["outer_id"] = line.SkuCode,
            ["buyer_nick"] = Masked.Name(order.Buyer.Nick),
            ["buyer_open_uid"] = order.Buyer.OpenId,
            ["created"] = ChinaTime.Text(refund.CreatedAt),
            ["modified"] = ChinaTime.Text(refund.ModifiedAt),
            ["refund_version"] = long.Parse(Version(refund), System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
