using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

internal static class TaobaoTrades
{
    private static readonly TimeSpan IncrementWindow = TimeSpan.FromDays(1);
    private static readonly TimeSpan SoldWindow = TimeSpan.FromDays(90);

    /// <summary>Newest change first: a record changed while a client pages forward jumps to page 1 and pushes others down.</summary>
    public static TopAnswer Increment(TopCall call)
    {
        if (call.Window("start_modified", "end_modified", IncrementWindow, out var start, out var end) is { } fault) return fault;
        return List(call, call.Market.Orders.ModifiedBetween(SandboxPlatform.Taobao, start, end));
    }

    public static TopAnswer Sold(TopCall call)
    {
        var (start, end) = (call.Now - SoldWindow, call.Now);
        if (call.Text("start_created") is not null && call.Window("start_created", "end_created", SoldWindow, out start, out end) is { } fault) return fault;
        return List(call, call.Market.Orders.CreatedBetween(SandboxPlatform.Taobao, start, end));
    }

    public static TopAnswer FullInfo(TopCall call)
    {
        if (call.Need("fields", out var fields) is { } noFields) return noFields;
        if (call.NeedNumber("tid", out var tid) is { } noTid) return noTid;
        if (Find(call, tid) is not { } order) return TopFault.NoTrade;
        return new TopBody(new() { ["trade"] = Answers.Only(TaobaoTrade.Shape(order), Wanted(fields)) });
    }

    public static TopAnswer UpdateMemo(TopCall call)
    {
        if (call.NeedNumber("tid", out var tid) is { } noTid) return noTid;
        var memo = call.Text("memo") ?? "";
        if (memo.Length == 0 && !call.Flag("reset")) return TopFault.Missing("memo");
        if (Encoding.UTF8.GetByteCount(memo) > 1000) return TopFault.Business("isv.trade-memo-too-long", "备注不能超过1000字节");
        if (call.Number("flag", -1, -1, 5, out var flag) is { } badFlag) return badFlag;
        var no = tid.ToString(CultureInfo.InvariantCulture);
        if (!call.Market.Note(SandboxPlatform.Taobao, no, memo, flag < 0 ? null : flag)) return TopFault.NoTrade;
        return new TopBody(new() { ["trade"] = new JsonObject { ["tid"] = tid, ["modified"] = ChinaTime.Text(Find(call, tid)!.ModifiedAt) } });
    }

    public static SandboxOrder? Find(TopCall call, long tid) =>
        call.Market.Orders.Find(SandboxPlatform.Taobao, tid.ToString(CultureInfo.InvariantCulture));

    public static HashSet<string> Wanted(string fields) =>
        [.. fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('.')[0])];

    private static TopAnswer List(TopCall call, IReadOnlyList<SandboxOrder> ascending)
    {
        if (call.Need("fields", out var fields) is { } noFields) return noFields;
        if (call.Number("page_no", 1, 1, int.MaxValue, out var page) is { } badPage) return badPage;
        if (call.Number("page_size", 40, 1, 100, out var size) is { } badSize) return badSize;
        var status = call.Text("status");
        var wanted = Wanted(fields);
        var matching = ascending.Reverse().Where(o => Is(o, status) && IsOfType(call.Text("type"))).ToArray();
        var found = Page<SandboxOrder>.Of(matching, page, size);

        var body = new JsonObject();
        if (call.Flag("use_has_next")) body["has_next"] = found.HasNext;
        else body["total_results"] = found.Total;
        // an empty list is left out
        if (found.Items.Count > 0)
            body["trades"] = new JsonObject { ["trade"] = Answers.Array(found.Items, o => Answers.Only(TaobaoTrade.Shape(o), wanted)) };
        return new TopBody(body);
    }

    private static bool Is(SandboxOrder order, string? status) => status switch
    {
        null => true,
        "ALL_WAIT_PAY" => order.State == SandboxOrderState.Unpaid,
        "ALL_CLOSED" => order.IsClosed,
        _ => TaobaoTrade.Status(order) == status,
    };

    /// <summary>All orders here are of type fixed, which the platform also counts as guarantee_trade.</summary>
    private static bool IsOfType(string? types) => types is null || types.Split(',').Any(t => t.Trim() is "fixed" or "guarantee_trade");
}
