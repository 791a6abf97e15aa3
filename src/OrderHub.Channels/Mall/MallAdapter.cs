using System.Globalization;
using System.Runtime.CompilerServices;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Mall;

internal sealed partial class MallAdapter(MallClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int PageSize = 100;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1) - Second;
    private static TimeSpan Second => TimeSpan.FromSeconds(1);

    public ShopKind Kind => ShopKind.Mall;
    public bool VersionIsTime => false;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        ListAsync(shop, "/orders", from, until, ct).Select(MallOrders.Document).Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return MallOrders.Document(await client.GetAsync(shop, $"/orders/{Uri.EscapeDataString(platformOrderNo)}", ct));
        }
        catch (PlatformException e) when (e.Code == MallClient.NotFound)
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, "/refunds", from, until, ct).Select(MallRefunds.Document).Distinct();

    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        CreatedAsync(shop, from, until, ct).Where(o => o.CreatedAt >= from && o.CreatedAt < until).Distinct();

    public async Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        try
        {
            return MallRefunds.Document(await client.GetAsync(shop, $"/refunds/{Uri.EscapeDataString(refundNo)}", ct));
        }
        catch (PlatformException e) when (e.Code == MallClient.NotFound)
        {
            return null;
        }
    }

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => MallOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => MallRefunds.Map(shopId, raw.Json);

    /// <summary>Ascending by (updated_at, order_no) with a stable cursor, so reading forward loses nothing.</summary>
    private async IAsyncEnumerable<JsonReading> ListAsync(ShopConnection shop, string path, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var (start, end) = WindowedList.WholeSeconds(from, until);
        await foreach (var answer in PagesAsync(shop, $"{path}?page_size={PageSize}&updated_since={Time(start)}&updated_until={Time(end)}", ct))
        {
            foreach (var item in PlatformHttp.Read(answer, a => a.NeedItems("items"))) yield return item;
        }
    }

    private async IAsyncEnumerable<JsonReading> PagesAsync(ShopConnection shop, string query, [EnumeratorCancellation] CancellationToken ct)
    {
        var cursor = "";
        while (true)
        {
            var answer = await client.GetAsync(shop, query + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : ""), ct);
            var next = PlatformHttp.Read(answer, a => a.Text("next_cursor"));
            yield return answer;
            if (next.Length == 0) yield break;
            if (next == cursor) throw PlatformHttp.Incomplete("next_cursor 不再前进");
            cursor = next;
        }
    }

    /// <summary>
    /// <c>created_since</c> and <c>created_until</c> (exclusive) are an addition of ours to the mall's convention: a mall that understands them
    /// answers with <c>"window": "created"</c> and lists by creation, whatever the updates say. One that does not lists by update; then all
    /// updates since the window began are read, since nothing created in it can have been updated before.
    /// </summary>
    private async IAsyncEnumerable<ListedOrder> CreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (var (at, end) = WindowedList.WholeSeconds(from, now > from ? now : from); at < end; at += LongestWindow)
        {
            var to = at + LongestWindow < end ? at + LongestWindow : end + Second;
            var byCreation = false;
            var query = $"/orders?page_size={PageSize}&updated_since={Time(at)}&updated_until={Time(to)}&created_since={Time(from)}&created_until={Time(Ceiling(until))}";
            await foreach (var answer in PagesAsync(shop, query, ct))
            {
                byCreation = answer.Text("window") == "created";
                foreach (var order in PlatformHttp.Read(answer, a => a.NeedItems("items")))
                    yield return PlatformHttp.Read(order, o => new ListedOrder(o.NeedText("order_no"), o.NeedIsoTime("created_at"), o.NeedObject("amounts").FenOrNull("pay"))
                    {
                        Version = RawDocuments.Try<long?>(o, x => MallOrders.Version(x)), Status = RawDocuments.Try<PlatformStatus?>(o, x => MallOrders.Status(x)), ModifiedAt = RawDocuments.Try(o, x => x.IsoTime("updated_at")),
                    });
            }
            if (byCreation) yield break;
        }
    }

    private static DateTimeOffset Ceiling(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()) is var whole && whole < instant ? whole + Second : whole;

    private static string Time(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToOffset(ShopTime.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
}
