using System.Runtime.CompilerServices;
using System.Text.Json;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>
/// Orders not paid yet are in no search, only in a list of their own, by time of creation. Its answer's field names are not documented
/// reliably, so the list is found by what is in it.
/// </summary>
internal static class JdUnpaidOrders
{
    private const int PageSize = 100;
    private const int DeepestPage = 100;

    public static async IAsyncEnumerable<JsonReading> ReadAsync(JdClient client, ShopConnection shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, until);
        for (var page = 1; page <= DeepestPage; page++)
        {
            if (await PageAsync(client, shop, start, end, page, ct) is not { } orders) yield break;
            foreach (var order in orders) yield return order;
            if (orders.Count < PageSize) yield break;
        }
    }

    /// <returns>Null when the app may not read unpaid orders: the search has just worked, so the shop still gets all that is paid.</returns>
    private static async Task<IReadOnlyList<JsonReading>?> PageAsync(JdClient client, ShopConnection shop, DateTimeOffset from, DateTimeOffset until, int page, CancellationToken ct)
    {
        try
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.order.notPayOrderInfo", new Dictionary<string, object>
            {
                ["startDate"] = JdClient.Time(from), ["endDate"] = JdClient.Time(until), ["page"] = page, ["pageSize"] = PageSize,
            }, ct);
            return FindOrders(answer, depth: 3) ?? [];
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            return null;
        }
    }

    private static IReadOnlyList<JsonReading>? FindOrders(JsonReading place, int depth)
    {
        if (place.Element.ValueKind == JsonValueKind.Array)
            return place.Element.EnumerateArray().Any(i => new JsonReading(i, "").Find("orderId") is not null) ? place.Elements() : null;
        if (!place.IsObject || depth == 0) return null;
        foreach (var member in place.Element.EnumerateObject())
        {
            if (FindOrders(new(member.Value, member.Name), depth - 1) is { } orders) return orders;
        }
        return null;
    }
}
