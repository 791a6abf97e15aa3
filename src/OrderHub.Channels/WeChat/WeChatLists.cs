using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>The lists give numbers only, page after page by a key; each order and refund is fetched by its number.</summary>
internal sealed class WeChatLists(WeChatClient client)
{
    private const int PageSize = 100;

    public IAsyncEnumerable<string> OrdersAsync(ShopConnection shop, string timeRange, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, until);
        return NumbersAsync(shop, "channels/ec/order/list/get", "order_id_list",
            new() { [timeRange] = new { start_time = start.ToUnixTimeSeconds(), end_time = end.ToUnixTimeSeconds() }, ["page_size"] = PageSize }, ct);
    }

    /// <summary>At most 24 h at once.</summary>
    public IAsyncEnumerable<string> RefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, until);
        return NumbersAsync(shop, "channels/ec/aftersale/getaftersalelist", "after_sale_order_id_list",
            new() { ["begin_update_time"] = start.ToUnixTimeSeconds(), ["end_update_time"] = end.ToUnixTimeSeconds() }, ct);
    }

    private async IAsyncEnumerable<string> NumbersAsync(ShopConnection shop, string path, string list, Dictionary<string, object> question, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = new HashSet<string>();
        while (true)
        {
            var answer = await client.CallAsync(shop, path, question, ct);
            foreach (var number in PlatformHttp.Read(answer, a => a.Items(list)).Select(Number))
            {
                if (seen.Add(number)) yield return number;
            }
            if (!PlatformHttp.Read(answer, a => a.Flag("has_more"))) yield break;
            var next = PlatformHttp.Read(answer, a => a.Id("next_key"));
            if (question.TryGetValue("next_key", out var last) && next.Equals(last)) throw PlatformHttp.Incomplete("next_key 没有前进");
            question["next_key"] = next;
        }
    }

    /// <summary>Numbers above 2^53 come as texts or as JSON numbers.</summary>
    private static string Number(JsonReading item) => item.Element.ValueKind switch
    {
        JsonValueKind.String => item.Element.GetString()!,
        JsonValueKind.Number when item.Element.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw PlatformHttp.Incomplete($"{item.Path} 不是编号"),
    };
}
