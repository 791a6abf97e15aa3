using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.WeChat;

internal static class WeChatOrders
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private const int LongestNoteBytes = 300;

    /// <summary>Numbers only, oldest first; next_key is the place reached, so that a record changed meanwhile is met again instead of pushing others away.</summary>
    public static JsonObject List(WeChatCall call)
    {
        var byChange = call.Business.TryGetProperty("update_time_range", out var range) && range.ValueKind == JsonValueKind.Object;
        if (!byChange && !(call.Business.TryGetProperty("create_time_range", out range) && range.ValueKind == JsonValueKind.Object)) return WeChatAnswer.Invalid("time_range");
        if (!ChinaTime.TryParseUnix(range.Text("start_time"), out var start) || !ChinaTime.TryParseUnix(range.Text("end_time"), out var end) || end < start || end - start > Longest)
            return WeChatAnswer.Fault(10020004, "非法的时间区间，不得大于7天");
        if (!Incoming.TryInt(call.Text("page_size"), 10, out var size) || size is < 1 or > 100) return WeChatAnswer.Invalid("page_size");
        var found = byChange ? call.Market.Orders.ModifiedBetween(SandboxPlatform.WeChat, start, end) : call.Market.Orders.CreatedBetween(SandboxPlatform.WeChat, start, end);
        var (page, next) = Keyed.Page([.. found.Where(o => call.Text("status") is not { } status || status == WeChatOrder.Status(o).ToString(CultureInfo.InvariantCulture))],
            o => byChange ? o.ModifiedAt : o.CreatedAt, o => o.No, call.Text("next_key"), size);
        var answer = WeChatAnswer.Ok();
        answer["order_id_list"] = Answers.Array(page, o => JsonValue.Create(o.No));
        answer["has_more"] = next is not null;
        answer["next_key"] = next ?? "";
        return answer;
    }

    public static JsonObject Get(WeChatCall call)
    {
        if (call.Order() is not { } order) return NoOrder;
        var answer = WeChatAnswer.Ok();
        answer["order"] = WeChatOrder.Shape(order);
        return answer;
    }

    public static JsonObject Note(WeChatCall call)
    {
        if (call.Order() is not { } order) return NoOrder;
        if (call.Business.Text("merchant_notes") is not { } note || Encoding.UTF8.GetByteCount(note) > LongestNoteBytes) return WeChatAnswer.Invalid("merchant_notes");
        call.Market.Note(SandboxPlatform.WeChat, order.No, note, null);
        return WeChatAnswer.Ok();
    }

    public static JsonObject NoOrder => WeChatAnswer.Fault(100002, "Not exist");
}

/// <summary>Pages by a key that names the last record handed out.</summary>
internal static class Keyed
{
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(IReadOnlyList<T> all, Func<T, DateTimeOffset> at, Func<T, string> no, string? key, int size)
    {
        string Key(T item) => string.Create(CultureInfo.InvariantCulture, $"{at(item).UtcTicks:D19}-{no(item)}");
        var rest = all.OrderBy(Key, StringComparer.Ordinal).Where(i => key is null || string.CompareOrdinal(Key(i), key) > 0).ToList();
        return rest.Count <= size ? (rest, null) : (rest[..size], Key(rest[size - 1]));
    }
}
