using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Mall;

internal sealed class MallOrders(WorldState world)
{
    public MallAnswer List(IQueryCollection query)
    {
        if (query.ContainsKey("created_since")) return ListCreated(query);
        if (MallPage.Read(query, world.Clock.GetUtcNow(), out var page) is { } fault) return fault;
        var status = query["status"].ToString();
        var rows = world.Market.Orders.ChangedAfter(SandboxPlatform.Mall, page.After, page.Until, page.Size + 1);
        var shown = rows.Take(page.Size).ToArray();
        return MallAnswer.Ok(new()
        {
            ["items"] = Answers.Array(shown.Where(o => status.Length == 0 || MallOrder.Status(o) == status), MallOrder.Shape),
            ["next_cursor"] = rows.Count > page.Size ? page.Cursor(new(shown[^1].ModifiedAt, shown[^1].No)) : null,
            ["server_time"] = MallOrder.Time(world.Clock.GetUtcNow()),
        });
    }

    /// <summary>By creation, the end excluded; the cursor is the number of orders shown, since nothing is created in the past.</summary>
    private MallAnswer ListCreated(IQueryCollection query)
    {
        if (!Incoming.TryInt(query["page_size"], 50, out var size) || size is < 1 or > 100) return MallAnswer.Invalid("page_size应为1到100");
        if (!MallPage.Time(query["created_since"], out var since) || !MallPage.Time(query["created_until"], out var until) || until < since) return MallAnswer.Invalid("created_since、created_until应为ISO 8601时间");
        if (!Incoming.TryInt(query["cursor"], 0, out var shown) || shown < 0) return MallAnswer.Invalid("cursor无效");
        var all = world.Market.Orders.CreatedBetween(SandboxPlatform.Mall, since, until).Where(o => o.CreatedAt >= since && o.CreatedAt < until).ToArray();
        return MallAnswer.Ok(new()
        {
            ["items"] = Answers.Array(all.Skip(shown).Take(size), MallOrder.Shape),
            ["next_cursor"] = shown + size < all.Length ? (shown + size).ToString(CultureInfo.InvariantCulture) : null,
            ["window"] = "created",
            ["server_time"] = MallOrder.Time(world.Clock.GetUtcNow()),
        });
    }

    public MallAnswer Note(string no, string body)
    {
        if (Incoming.Object(body) is not { } note || note.Text("memo") is not { } memo) return MallAnswer.Invalid("memo不能为空");
        if (!Incoming.TryInt(note.Text("flag"), 0, out var flag) || flag is < 0 or > 5) return MallAnswer.Invalid("flag应为0到5");
        return world.Market.Note(SandboxPlatform.Mall, no, memo, flag) ? Get(no) : MallAnswer.NotFound;
    }

    public MallAnswer Get(string no) => world.Market.Orders.Find(SandboxPlatform.Mall, no) is { } order
        ? MallAnswer.Ok(MallOrder.Shape(order)) : MallAnswer.NotFound;
}

/// <summary>Where a list goes on. The cursor carries the end of the window too, so that paging never chases new changes.</summary>
internal sealed record MallPage(TimeStamp After, DateTimeOffset Until, int Size)
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public static MallAnswer? Read(IQueryCollection query, DateTimeOffset now, out MallPage page)
    {
        page = new(default, now, 50);
        if (!Incoming.TryInt(query["page_size"], 50, out var size) || size is < 1 or > 100) return MallAnswer.Invalid("page_size应为1到100");
        if (query["cursor"].ToString() is { Length: > 0 } cursor)
        {
            if (Parse(cursor) is not var (after, end)) return MallAnswer.Invalid("cursor无效");
            page = new(after, end, size);
            return null;
        }
        if (!Time(query["updated_since"], out var since)) return MallAnswer.Invalid("updated_since缺失或不是ISO 8601时间");
        var until = now;
        if (query["updated_until"].ToString() is { Length: > 0 } text && !Time(text, out until)) return MallAnswer.Invalid("updated_until不是ISO 8601时间");
        if (until < since || until - since > LongestWindow) return MallAnswer.Invalid("时间窗口应大于0且不超过1天");
        page = new(new(since, ""), until, size);
        return null;
    }

    public string Cursor(TimeStamp last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{last.At.UtcTicks}|{last.No}|{last.Part}|{Until.UtcTicks}"))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static (TimeStamp After, DateTimeOffset Until)? Parse(string cursor)
    {
        var text = cursor.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, written).Split('|');
        return parts.Length == 4 && Ticks(parts[0]) is { } at && Ticks(parts[3]) is { } until ? (new(at, parts[1], parts[2]), until) : null;
    }

    private static DateTimeOffset? Ticks(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : null;

    public static bool Time(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
