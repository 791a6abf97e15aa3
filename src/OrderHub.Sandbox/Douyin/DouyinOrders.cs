using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Douyin;

internal static class DouyinOrders
{
    private const int DeepestRow = 10_000;
    private const int LongestRemark = 500;

    public static DouyinAnswer SearchList(DouyinCall call)
    {
        if (call.Pages(DeepestRow, out var page, out var size) is { } badPage) return badPage;
        if (call.Business.TryGetProperty("combine_status", out var statuses) && (statuses.ValueKind != JsonValueKind.Array || statuses.GetArrayLength() > 1))
            return DouyinAnswer.Invalid("isv.parameter-invalid", "combine_status只能有一个元素");
        if (!call.Window("update_time_start", "update_time_end", out var updatedFrom, out var updatedTo, out var byUpdate)
            || !call.Window("create_time_start", "create_time_end", out var createdFrom, out var createdTo, out _))
            return DouyinAnswer.Invalid("isv.parameter-invalid", "开始和结束时间必须成对且不相等");
        if (call.Text("order_by") is not (null or "create_time" or "update_time")) return DouyinAnswer.Invalid("isv.parameter-invalid", "order_by只支持create_time、update_time");

        var found = byUpdate
            ? call.Market.Orders.ModifiedBetween(SandboxPlatform.Douyin, updatedFrom, updatedTo).Where(o => o.CreatedAt >= createdFrom && o.CreatedAt < createdTo.AddSeconds(1))
            : call.Market.Orders.CreatedBetween(SandboxPlatform.Douyin, createdFrom, createdTo);
        var wanted = Wanted(statuses);
        found = found.Where(o => wanted is null || wanted.Contains(DouyinOrder.Status(o)));
        found = (call.Text("order_by") ?? (byUpdate ? "update_time" : "create_time")) == "update_time"
            ? found.OrderBy(o => o.ModifiedAt).ThenBy(o => o.No, StringComparer.Ordinal)
            : found.OrderBy(o => o.CreatedAt).ThenBy(o => o.No, StringComparer.Ordinal);
        if (call.Text("order_asc") != "true") found = found.Reverse();
        var shown = Page<SandboxOrder>.Of([.. found], page + 1, size);
        return DouyinAnswer.Success(new JsonObject
        {
            ["page"] = page,
            ["total"] = shown.Total,
            ["size"] = shown.Items.Count,
            ["shop_order_list"] = Answers.Array(shown.Items, DouyinOrder.Shape),
        });
    }

    public static DouyinAnswer Detail(DouyinCall call)
    {
        if (call.Text("shop_order_id") is not { } no) return DouyinAnswer.MissingBusiness("shop_order_id");
        return call.Market.Orders.Find(SandboxPlatform.Douyin, no) is { } order
            ? DouyinAnswer.Success(new JsonObject { ["shop_order_detail"] = DouyinOrder.Shape(order) })
            : DouyinAnswer.Business("order-not-exist", "订单不存在");
    }

    /// <summary>Memo and star, 0 grey to 5 red.</summary>
    public static DouyinAnswer Remark(DouyinCall call)
    {
        if (call.Text("order_id") is not { } no) return DouyinAnswer.MissingBusiness("order_id");
        if (call.Business.Text("remark") is not { } remark) return DouyinAnswer.MissingBusiness("remark");
        if (remark.Length > LongestRemark) return DouyinAnswer.Business("50056", "订单备注内容超过规定字数");
        var star = call.Text("is_add_star") == "true" ? call.Number("star") : null;
        if (star is < 0 or > 5) return DouyinAnswer.Invalid("isv.parameter-invalid", "star应为0到5");
        return call.Market.Note(SandboxPlatform.Douyin, no, remark, (int?)star) ? DouyinAnswer.Success(new JsonObject()) : DouyinAnswer.Business("order-not-exist", "订单不存在");
    }

    private static HashSet<int>? Wanted(JsonElement statuses) =>
        statuses.ValueKind == JsonValueKind.Array && statuses.GetArrayLength() == 1 && statuses[0].Text("order_status") is { Length: > 0 } list
            ? [.. list.Split(',').Select(s => Incoming.TryInt(s.Trim(), -1, out var status) ? status : -1)] : null;
}
