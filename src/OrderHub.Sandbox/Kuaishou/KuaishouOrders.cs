using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaishou;

internal static class KuaishouOrders
{
    private const int LongestNote = 200;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    public static KuaishouAnswer List(KuaishouCall call)
    {
        if (KuaishouPage.Read(call, "cursor", LongestWindow, mostRows: 50, out var page) is { } refusal) return refusal;
        var orders = call.Number("queryType", 1) == 2
            ? call.Market.Orders.ModifiedBetween(SandboxPlatform.Kuaishou, page.Begin, page.End).Where(o => page.Holds(o.ModifiedAt)).Select(o => (Stamp: o.ModifiedAt, Order: o))
            : call.Market.Orders.CreatedBetween(SandboxPlatform.Kuaishou, page.Begin, page.End).Where(o => page.Holds(o.CreatedAt)).Select(o => (Stamp: o.CreatedAt, Order: o));
        var (rows, next) = page.Cut(orders.Where(o => Wanted(call, o.Order)).Select(o => (new TimeStamp(o.Stamp, o.Order.No), o.Order)));
        return KuaishouAnswer.Success(new JsonObject
        {
            ["orderList"] = Answers.Array(rows, KuaishouOrder.Shape), ["cursor"] = next, ["pageSize"] = page.Size, ["beginTime"] = KuaishouOrder.Millis(page.Begin), ["endTime"] = KuaishouOrder.Millis(page.End),
        });
    }

    public static KuaishouAnswer Detail(KuaishouCall call) => call.Order("oid") is { } order ? KuaishouAnswer.Success(KuaishouOrder.Shape(order)) : KuaishouAnswer.NotYours;

    public static KuaishouAnswer Fees(KuaishouCall call) => call.Order("orderId") is { } order ? KuaishouAnswer.Success(KuaishouOrder.Fees(order)) : KuaishouAnswer.NotYours;

    /// <summary>Notes are added, never replaced; only the newest is kept here.</summary>
    public static KuaishouAnswer Note(KuaishouCall call)
    {
        if (call.Order("orderId") is not { } order) return KuaishouAnswer.NotYours;
        var note = call.Text("note") ?? "";
        if (note.Length > LongestNote) return KuaishouAnswer.Refused($"备注不能超过{LongestNote}个字符");
        var flag = call.Number("flag");
        if (flag is < 0 or > 6) return KuaishouAnswer.Refused("flag无效");
        call.Market.Note(SandboxPlatform.Kuaishou, order.No, note, (int)flag);
        return KuaishouAnswer.Success(null);
    }

    private static bool Wanted(KuaishouCall call, SandboxOrder order) => call.Number("orderViewStatus", 1) switch
    {
        2 => KuaishouOrder.Status(order) == 10,
        3 => KuaishouOrder.Status(order) == 30,
        4 => KuaishouOrder.Status(order) == 40,
        5 => KuaishouOrder.Status(order) == 50,
        6 => KuaishouOrder.Status(order) == 70,
        7 => KuaishouOrder.Status(order) == 80,
        _ => true,
    };
}

/// <summary>A window of milliseconds read by a cursor that names the last row shown.</summary>
internal sealed record KuaishouPage(DateTimeOffset Begin, DateTimeOffset End, TimeStamp After, int Size, bool Ascending)
{
    public const string NoMore = "nomore";

    public static KuaishouAnswer? Read(KuaishouCall call, string cursorName, TimeSpan longest, int mostRows, out KuaishouPage page)
    {
        page = new(default, default, default, 0, true);
        var (begin, end, size) = (call.Number("beginTime"), call.Number("endTime"), call.Number("pageSize", 20));
        if (begin <= 0 || begin < KuaishouOrder.Millis(call.Now.AddDays(-90)) || begin > KuaishouOrder.Millis(call.Now.AddYears(1))) return new(2001, "beginTime无效");
        if (end <= begin || end > KuaishouOrder.Millis(call.Now.AddYears(1))) return new(2001, "endTime无效");
        if (end - begin > longest.TotalMilliseconds) return new(300019, "SEARCH TIME RANGE EXPAND LIMIT");
        if (size < 1 || size > mostRows) return new(2001, "pageSize无效");
        TimeStamp after = default;
        if (call.Text(cursorName) is { } cursor)
        {
            if (cursor.Split('_') is not [var ticks, var no] || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return new(2001, $"{cursorName}无效");
            after = new(new DateTimeOffset(at, TimeSpan.Zero), no);
        }
        page = new(DateTimeOffset.FromUnixTimeMilliseconds(begin), DateTimeOffset.FromUnixTimeMilliseconds(end), after, (int)size, call.Number("sort", 1) == 2);
        return null;
    }

    public bool Holds(DateTimeOffset at) => at >= Begin && at <= End;

    public (T[] Rows, string Next) Cut<T>(IEnumerable<(TimeStamp Stamp, T Row)> all)
    {
        var sorted = Ascending ? all.OrderBy(r => r.Stamp).Where(r => After == default || r.Stamp.CompareTo(After) > 0) : all.OrderByDescending(r => r.Stamp).Where(r => After == default || r.Stamp.CompareTo(After) < 0);
        var rows = sorted.Take(Size + 1).ToArray();
        if (rows.Length <= Size) return ([.. rows.Select(r => r.Row)], NoMore);
        var last = rows[Size - 1].Stamp;
        return ([.. rows.Take(Size).Select(r => r.Row)], string.Create(CultureInfo.InvariantCulture, $"{last.At.UtcTicks}_{last.No}"));
    }
}
