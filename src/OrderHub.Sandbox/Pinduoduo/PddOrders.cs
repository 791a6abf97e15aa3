using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Pinduoduo;

internal static class PddOrders
{
    private static readonly TimeSpan IncrementWindow = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ConfirmWindow = TimeSpan.FromHours(24);

    public static PopAnswer Increment(PopCall call)
    {
        if (call.Number("is_lucky_flag", -1, 0, 2, out _) is { } badFlag) return badFlag;
        if (call.Window("start_updated_at", "end_updated_at", IncrementWindow, out var start, out var end) is { } badWindow) return badWindow;
        return List(call, call.Market.Orders.ModifiedBetween(SandboxPlatform.Pinduoduo, start, end), "order_sn_increment_get_response", "order_sn_list");
    }

    public static PopAnswer ByConfirmTime(PopCall call)
    {
        if (call.Window("start_confirm_at", "end_confirm_at", ConfirmWindow, out var start, out var end) is { } badWindow) return badWindow;
        return List(call, call.Market.Orders.CreatedBetween(SandboxPlatform.Pinduoduo, start, end), "order_list_get_response", "order_list");
    }

    public static PopAnswer Information(PopCall call)
    {
        if (call.Need("order_sn", out var no) is { } missing) return missing;
        return call.Market.Orders.Find(SandboxPlatform.Pinduoduo, no) is { } order
            ? new PopBody("order_info_get_response", new() { ["order_info"] = PddOrder.Shape(order) })
            : PopFault.Business("订单不存在");
    }

    public static PopAnswer Status(PopCall call)
    {
        if (call.Need("order_sns", out var list) is { } missing) return missing;
        return new PopBody("order_status_get_response", new()
        {
            ["order_status_list"] = Answers.Array(Known(call, list), o => new JsonObject
            {
                ["orderSn"] = o.No, ["order_status"] = PddOrder.Status(o), ["refund_status"] = PddOrder.RefundStatus(o),
            }),
        });
    }

    public static PopAnswer UpdateNote(PopCall call)
    {
        if (call.Need("order_sn", out var no) is { } missing) return missing;
        if (call.Number("tag", -1, -1, 5, out var tag) is { } badTag) return badTag;
        if (call.Text("tag_name") is { Length: > 3 } || call.Text("tag") is null != call.Text("tag_name") is null) return PopFault.Parameter("tag_name");
        if (call.Text("note") is { } note && Encoding.UTF8.GetByteCount(note) > 1200) return PopFault.Parameter("note");
        return call.Market.Note(SandboxPlatform.Pinduoduo, no, call.Text("note") ?? "", tag < 0 ? null : tag)
            ? new PopBody("response", new() { ["success"] = true, ["error_code"] = 0, ["error_msg"] = "" })
            : PopFault.Business("订单不存在");
    }

    public static IEnumerable<SandboxOrder> Known(PopCall call, string list) => list
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(no => call.Market.Orders.Find(SandboxPlatform.Pinduoduo, no)).OfType<SandboxOrder>();

    private static PopAnswer List(PopCall call, IReadOnlyList<SandboxOrder> ascending, string root, string name)
    {
        if (call.Text("order_status") is null) return PopFault.Missing("order_status");
        if (call.Text("refund_status") is null) return PopFault.Missing("refund_status");
        if (call.Number("order_status", 5, 1, 5, out var status) is { } badStatus) return badStatus;
        if (call.Number("refund_status", 5, 1, 5, out var refundStatus) is { } badRefund) return badRefund;
        if (call.Number("page", 1, 1, int.MaxValue, out var page) is { } badPage) return badPage;
        if (call.Number("page_size", 100, 1, 100, out var size) is { } badSize) return badSize;
        var matching = ascending.Reverse().Where(o => (status == 5 || PddOrder.Status(o) == status)
            && (refundStatus == 5 || PddOrder.RefundStatus(o) == refundStatus)).ToArray();
        var found = Page<SandboxOrder>.Of(matching, page, size);
        var body = new JsonObject { [name] = Answers.Array(found.Items, PddOrder.Shape) };
        if (call.Text("use_has_next") == "true") body["has_next"] = found.HasNext;
        else body["total_count"] = found.Total;
        return new PopBody(root, body);
    }
}
