using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Jd;

/// <summary>Business refusals are HTTP 200 with apiResult.success = false.</summary>
internal static class JdOrders
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private const int DeepestPage = 100;
    private const int LongestRemark = 500;

    public static JsonObject Search(JdCall call, bool encrypted)
    {
        if (call.Text("optional_fields") is not { } fields) return Refused("optional_fields不能为空", 1001);
        if (call.Text("order_state") is not { } states) return Refused("order_state不能为空", 1002);
        if (!PageText(call, "page", int.MaxValue, out var page) || !PageText(call, "page_size", 100, out var size))
            return Refused("page、page_size必须是字符串，page_size最大100", 1003);
        if (Window(call, "start_date", "end_date", states == "WAIT_SELLER_STOCK_OUT", out var start, out var end) is { } fault) return Refused(fault, 1004);

        var found = call.Text("dateType") == "1"
            ? call.Market.Orders.CreatedBetween(SandboxPlatform.Jd, start, end)
            : call.Market.Orders.ModifiedBetween(SandboxPlatform.Jd, start, end);
        var wanted = states.Split(',', StringSplitOptions.TrimEntries);
        var matching = found.Where(o => JdOrder.State(o) is { } state && wanted.Contains(state));
        if (call.Text("sortType") == "1") matching = matching.Reverse();
        var all = Page<SandboxOrder>.Of([.. matching], page, size);
        // deeper pages come back empty: a client must keep its windows small
        var items = page > DeepestPage ? [] : all.Items;
        return new()
        {
            ["searchorderinfo_result"] = new JsonObject
            {
                ["apiResult"] = JdResult.Success(),
                ["orderTotal"] = all.Total,
                ["orderInfoList"] = Answers.Array(items, o => Answers.Only(JdOrder.Shape(o, encrypted), Wanted(fields))),
            },
        };
    }

    public static JsonObject Get(JdCall call, bool encrypted)
    {
        if (call.Text("order_id") is not { } no || call.Market.Orders.Find(SandboxPlatform.Jd, no) is not { State: not SandboxOrderState.Unpaid } order)
            return new() { ["orderDetailInfo"] = new JsonObject { ["apiResult"] = JdResult.Failure("订单不存在", 1005) } };
        var shape = JdOrder.Shape(order, encrypted);
        return new()
        {
            ["orderDetailInfo"] = new JsonObject
            {
                ["apiResult"] = JdResult.Success(),
                ["orderInfo"] = call.Text("optional_fields") is { } fields ? Answers.Only(shape, Wanted(fields)) : shape,
            },
        };
    }

    public static JsonObject Remark(JdCall call)
    {
        if (call.Text("order_id") is not { } no) return Remarked("10100001", "订单号不能为空");
        if (!Incoming.TryInt(call.Text("flag"), 0, out var flag) || flag is < 0 or > 5) return Remarked("10100040", "颜色标识不正确");
        if (call.Business.Text("remark") is not { } remark || remark.Length > LongestRemark) return Remarked("10100041", $"备注最长{LongestRemark}字");
        return call.Market.Note(SandboxPlatform.Jd, no, remark, flag) ? Remarked("0", "") : Remarked("10100002", "订单不存在");
    }

    private static JsonObject Remarked(string code, string reason) => new()
    {
        ["modifyvenderremark_result"] = new JsonObject { ["success"] = code == "0", ["error_code"] = code, ["chinese_err_code"] = reason, ["english_err_code"] = "" },
    };

    /// <summary>The answer's fields are not published; these are the few a seller needs to see an order coming.</summary>
    public static JsonObject Unpaid(JdCall call)
    {
        if (!Incoming.TryInt(call.Text("page"), 1, out var page) || !Incoming.TryInt(call.Text("pageSize"), 50, out var size) || page < 1 || size is < 1 or > 100)
            return new() { ["searchorderinfo_result"] = new JsonObject { ["apiResult"] = JdResult.Failure("分页参数错误", 1003) } };
        if (Window(call, "startDate", "endDate", mayBeAbsent: true, out var start, out var end) is { } fault)
            return new() { ["searchorderinfo_result"] = new JsonObject { ["apiResult"] = JdResult.Failure(fault, 1004) } };
        var unpaid = Page<SandboxOrder>.Of([.. call.Market.Orders.CreatedBetween(SandboxPlatform.Jd, start, end).Where(o => o.State == SandboxOrderState.Unpaid)], page, size);
        return new()
        {
            ["searchorderinfo_result"] = new JsonObject
            {
                ["apiResult"] = JdResult.Success(),
                ["orderTotal"] = unpaid.Total,
                ["orderInfoList"] = Answers.Array(unpaid.Items, o => JdOrder.Shape(o, encrypted: false)),
            },
        };
    }

    private static string? Window(JdCall call, string from, string to, bool mayBeAbsent, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (call.Now - Longest, call.Now);
        if (call.Text(from) is null && call.Text(to) is null) return mayBeAbsent ? null : $"{from}、{to}不能为空";
        if (!ChinaTime.TryParse(call.Text(from), out start) || !ChinaTime.TryParse(call.Text(to), out end)) return $"{from}、{to}格式应为yyyy-MM-dd HH:mm:ss";
        if (end < start) return $"{to}早于{from}";
        return end - start > Longest ? "时间跨度不能超过一个月" : null;
    }

    private static bool PageText(JdCall call, string name, int most, out int value)
    {
        value = 0;
        return call.Business.TryGetProperty(name, out var page) && page.ValueKind == JsonValueKind.String
            && int.TryParse(page.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most;
    }

    private static HashSet<string> Wanted(string fields) => [.. fields.Split(',', StringSplitOptions.TrimEntries)];

    private static JsonObject Refused(string reason, int code) =>
        new() { ["searchorderinfo_result"] = new JsonObject { ["apiResult"] = JdResult.Failure(reason, code) } };
}

internal static class JdResult
{
    public static JsonObject Success() => Result(true, "", 0);

    public static JsonObject Failure(string reason, int code) => Result(false, reason, code);

    private static JsonObject Result(bool success, string reason, int code) => new()
    {
        ["success"] = success, ["chineseErrCode"] = reason, ["englishErrCode"] = success ? "" : $"error-{code}", ["numberCode"] = code,
    };
}
