using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Pinduoduo;

/// <summary>One refund looked at and agreed to. There is no call to refuse one.</summary>
internal static class PddRefundAnswers
{
    public const string ReturnAddressId = "76001";

    /// <summary>A flat answer without a root, its types numbered from 1 where the list numbers them from 2.</summary>
    public static PopAnswer Information(PopCall call)
    {
        if (call.Need("order_sn", out var no) is { } missing) return missing;
        if (Find(call, no, call.Text("after_sales_id")) is not var (order, refund)) return PopFault.Business("售后单不存在");
        return new PopBody("", new()
        {
            ["id"] = long.Parse(refund.No, CultureInfo.InvariantCulture),
            ["order_sn"] = order.No,
            ["after_sales_type"] = refund.Kind == SandboxRefundKind.ReturnGoods ? 2 : 1,
            ["after_sales_status"] = PddOrder.AfterSalesStatus(refund),
            ["after_sales_reason"] = refund.Reason,
            ["refund_amount"] = refund.AmountFen,
            ["order_amount"] = order.PayFen,
            ["express_no"] = "",
            ["shipping_name"] = "",
            ["shipping_status"] = order.ShippedAt is null ? 0 : 1,
            ["speed_refund_flag"] = 0,
            ["recreated_at"] = refund.CreatedAt.ToUnixTimeSeconds(),
            ["updated_time"] = ChinaTime.Text(refund.ModifiedAt),
            ["expire_time"] = refund.State == SandboxRefundState.Applied ? refund.CreatedAt.AddDays(2).ToUnixTimeSeconds() : null,
        });
    }

    public static PopAnswer Agree(PopCall call) => Answer(call, "succ", _ => null);

    /// <summary>The buyer learns where to send the goods. The played buyer's parcel is at once back, and the money with it.</summary>
    public static PopAnswer AgreeToReturn(PopCall call) => Answer(call, "success",
        request => request.GetValueOrDefault("return_address_id") == ReturnAddressId ? null : PopFault.Business("退货地址不存在"));

    public static PopAnswer Addresses(PopCall call) => new PopBody("refund_address_list_get_response", new()
    {
        ["refund_address_list"] = new JsonArray(
            Address("76000", isDefault: false, name: "旧仓库"), Address(ReturnAddressId, isDefault: true, name: "退货组")),
    });

    private static JsonObject Address(string id, bool isDefault, string name) => new()
    {
        ["id"] = long.Parse(id, CultureInfo.InvariantCulture), ["refund_address_id"] = id, ["is_default"] = isDefault ? "Y" : "N", ["is_legal"] = true, ["is_validated"] = true,
        ["province_name"] = "江苏省", ["city_name"] = "苏州市", ["district_name"] = "吴中区", ["refund_address"] = "工业园路1号", ["refund_name"] = name, ["refund_phone"] = "13800000000",
    };

    private static PopAnswer Answer(PopCall call, string success, Func<Dictionary<string, string>, PopFault?> check)
    {
        if (call.Need("request", out var text) is { } missing) return missing;
        if (Incoming.Object(text) is not { } json) return PopFault.Parameter("request");
        var request = json.EnumerateObject().ToDictionary(p => p.Name, p => Incoming.Scalar(p.Value) ?? "");
        if (!request.TryGetValue("after_sales_id", out var id) || !request.TryGetValue("order_sn", out var no)) return PopFault.Missing("request");
        if (Find(call, no, id) is not var (order, refund)) return PopFault.Business("售后单不存在");
        if (check(request) is { } refused) return refused;
        var done = call.Market.SettleRefund(SandboxPlatform.Pinduoduo, refund.No, agreed: true);
        return new PopBody("response", new()
        {
            ["result"] = new JsonObject { ["after_sales_id"] = id, ["order_sn"] = order.No, [success] = done, ["message"] = done ? "退款操作成功" : "售后状态已变更，请刷新后重试" },
        });
    }

    private static (SandboxOrder Order, SandboxRefund Refund)? Find(PopCall call, string orderNo, string? id)
    {
        if (call.Market.Orders.Find(SandboxPlatform.Pinduoduo, orderNo) is not { Refunds: [.., var last] } order) return null;
        return (id is null ? last : order.Refunds.FirstOrDefault(r => r.No == id)) is { } refund ? (order, refund) : null;
    }
}
