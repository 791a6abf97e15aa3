using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Completeness;

/// <summary>
/// Compares the due hours of a shop with the platform's own list of created orders, fetches what is missing and writes down what remains.
/// Only what the incremental pull claims to have (its cursor) is held against us.
/// </summary>
internal sealed class ProveHoursHandler(HubDatabase database, PlatformAdapters adapters, ReceiveDocumentsHandler receive, IOrderReports orders, TimeProvider clock)
{
    /// <summary>Of one hour and check; a wholly missing hour of a big shop takes several checks, and none of them starves the pulls.</summary>
    private const int FetchedAtMost = 300;
    private const int HoursAtOnce = 24, NamedAtMost = 100;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private sealed record DueHour(DateTimeOffset Hour, int Checks);

    public async Task HandleAsync(Shop shop, ShopConnection connection, CancellationToken ct)
    {
        var adapter = adapters.For(shop.Kind);
        if (!adapter.Abilities.Can(PlatformActions.ListCreated)) return;
        var now = clock.GetUtcNow();
        var pulledTo = await OpenAsync(shop.Id, now, ct);
        var due = await database.QueryAsync("""
            select hour, checks from channels_completeness where shop_id = $1 and next_check_at <= $2 and hour < $3 order by hour desc limit $4
            """, r => new DueHour(r.GetFieldValue<DateTimeOffset>(0), r.GetInt32(1)), ct, shop.Id, now, pulledTo, HoursAtOnce);
        foreach (var hour in due)
        {
            var end = hour.Hour + Hour;
            await ProveAsync(adapter, shop, connection, hour, end <= pulledTo ? end : pulledTo, end <= pulledTo, ct);
        }
    }

    /// <summary>Adds the hours since the shop was connected; returns how far the incremental pull says it is complete.</summary>
    private Task<DateTimeOffset> OpenAsync(int shopId, DateTimeOffset now, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var cursors = (await tx.QueryAsync("select stream, position from channels_cursors where shop_id = $1", r => (Stream: (PullStream)r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct, shopId))
            .ToDictionary(c => c.Stream, c => c.At);
        await tx.ExecuteAsync("""
            insert into channels_completeness (shop_id, hour, state, platform_count, our_count, explained_fen, wanting, wanting_count, recovered, checks, next_check_at)
            select $1, h, 0, 0, 0, 0, '{}', 0, 0, 0, h from generate_series(
                   coalesce((select max(hour) + interval '1 hour' from channels_completeness where shop_id = $1), date_trunc('hour', $2::timestamptz)), $3, interval '1 hour') h
            on conflict (shop_id, hour) do nothing
            """, ct, shopId, cursors[PullStream.Proof], now);
        return cursors[PullStream.Orders];
    }, ct);

    private async Task ProveAsync(IPlatformAdapter adapter, Shop shop, ShopConnection connection, DueHour due, DateTimeOffset until, bool isWhole, CancellationToken ct)
    {
        var listed = new Dictionary<string, ListedOrder>();
        await foreach (var order in adapter.ListCreatedAsync(connection, due.Hour, until, ct)) listed[order.PlatformOrderNo] = order;
        var here = await HereAsync(shop.Id, listed.Keys, ct);
        var missing = listed.Keys.Where(no => !here.ContainsKey(no)).ToList();
        var wanting = new Dictionary<string, string>();
        if (missing.Count > 0)
        {
            foreach (var (no, why) in await FetchAsync(adapter, shop, connection, missing, ct)) wanting[no] = why;
            foreach (var (no, pay) in await HereAsync(shop.Id, missing, ct)) here[no] = pay;
        }
        var recovered = missing.Count(here.ContainsKey);
        foreach (var no in missing.Where(no => !here.ContainsKey(no))) wanting.TryAdd(no, "尚未取到");
        foreach (var no in here.Keys) wanting.Remove(no);

        var priced = listed.Values.Where(o => o.PayFen is not null && here.ContainsKey(o.PlatformOrderNo)).ToList();
        var explained = 0L;
        var differing = priced.Where(o => o.PayFen != here[o.PlatformOrderNo]).ToList();
        if (differing.Count > 0)
        {
            var known = await InboxRows.NewestPayloadsAsync(database, shop.Id, DocumentKind.Order, [.. differing.Select(o => o.PlatformOrderNo)], ct);
            foreach (var order in differing)
            {
                if (known.GetValueOrDefault(order.PlatformOrderNo) is { } document && PayOf(adapter, shop.Id, document) == order.PayFen) explained += order.PayFen!.Value - here[order.PlatformOrderNo];
                else wanting[order.PlatformOrderNo] = $"金额不符：平台 {order.PayFen / 100m:0.00}，本系统 {here[order.PlatformOrderNo] / 100m:0.00}";
            }
            // what the platform changed meanwhile comes with the fetch, and the next check finds it explained
            await FetchAsync(adapter, shop, connection, [.. differing.Where(o => wanting.ContainsKey(o.PlatformOrderNo)).Select(o => o.PlatformOrderNo)], ct);
        }
        var hasSums = listed.Count == 0 || listed.Values.Any(o => o.PayFen is not null);
        await SaveAsync(shop.Id, due, until, isWhole, listed.Count, here.Count, hasSums ? listed.Values.Sum(o => o.PayFen ?? 0) : null, hasSums ? priced.Sum(o => here[o.PlatformOrderNo]) : null, explained, wanting, recovered, ct);
    }

    private async Task<Dictionary<string, long>> HereAsync(int shopId, IReadOnlyCollection<string> numbers, CancellationToken ct) =>
        numbers.Count == 0 ? [] : (await orders.BriefsAsync(shopId, numbers, ct)).ToDictionary(o => o.PlatformOrderNo, o => o.PaidFen);

    /// <summary>Fetches and takes in; returns why the rest did not come.</summary>
    private async Task<Dictionary<string, string>> FetchAsync(IPlatformAdapter adapter, Shop shop, ShopConnection connection, IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var reasons = new Dictionary<string, string>();
        var documents = new List<RawDocument>();
        foreach (var no in numbers.Take(FetchedAtMost))
        {
            try
            {
                if (await adapter.FetchOrderAsync(connection, no, ct) is { } document) documents.Add(document);
                else reasons[no] = "平台列出但不给详情";
            }
            catch (PlatformException refused) when (!refused.IsTransient)
            {
                reasons[no] = refused.Message;
            }
        }
        foreach (var receipt in await receive.HandleAsync(new(shop, DocumentKind.Order, DocumentSource.Proof, documents), ct))
            if (receipt.State == DocumentState.Quarantined) reasons[receipt.ExternalId] = $"在隔离区 {receipt.Reason}".TrimEnd();
        return reasons;
    }

    private static long? PayOf(IPlatformAdapter adapter, int shopId, RawDocument document)
    {
        try
        {
            return adapter.MapOrder(shopId, document).Amounts.PayFen;
        }
        catch (UnreadablePayloadException)
        {
            return null;
        }
    }

    private Task SaveAsync(int shopId, DueHour due, DateTimeOffset until, bool isWhole, int platformCount, int ourCount, long? platformFen, long? ourFen, long explained,
        Dictionary<string, string> wanting, int recovered, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("""
                update channels_completeness set until = $3, state = $4, platform_count = $5, our_count = $6, platform_fen = $7, our_fen = $8, explained_fen = $9, wanting = $10, wanting_count = $11,
                       recovered = recovered + $12, checks = checks + 1, checked_at = $13, next_check_at = $14 where shop_id = $1 and hour = $2
                """, ct, shopId, due.Hour, until, (short)(wanting.Count == 0 ? ProofState.Complete : ProofState.Missing), platformCount, ourCount, platformFen, ourFen, explained,
                wanting.OrderBy(w => w.Key, StringComparer.Ordinal).Take(NamedAtMost).Select(w => $"{w.Key} {w.Value}").ToArray(), wanting.Count, recovered, now,
                ProofSchedule.Next(due.Hour, isWhole, wanting.Count == 0, due.Checks + 1, now));
            // proven up to the first hour that is not; the hour under way counts as far as it was looked at
            await tx.ExecuteAsync("""
                update channels_cursors set position = greatest(position, coalesce(
                       (select min(hour) from channels_completeness where shop_id = $1 and state <> 1), (select max(until) from channels_completeness where shop_id = $1), position))
                 where shop_id = $1 and stream = 3
                """, ct, shopId);
        }, ct);
    }
}
