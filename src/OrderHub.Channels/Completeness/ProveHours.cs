using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Completeness;

/// <summary>
/// Compares the due hours of a shop with the platform's own list of created orders, fetches what is missing or went on without us, and
/// writes down what remains. Only what the incremental pull claims to have (its cursor) is held against us.
/// </summary>
internal sealed class ProveHoursHandler(HubDatabase database, PlatformAdapters adapters, FetchListedHandler fetch, IOrderReports orders, TimeProvider clock)
{
    private const int HoursAtOnce = 24, NamedAtMost = 100;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private sealed record DueHour(DateTimeOffset Hour, int Checks);

    /// <param name="Recovered">Missing before this check, here now.</param>
    /// <param name="CaughtUp">In an older state before, up to date now.</param>
    /// <param name="Behind">Still in an older state.</param>
    private readonly record struct Found(int Recovered, int CaughtUp, int Behind);

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
            await ProveAsync(adapter, shop, connection, hour, end <= pulledTo ? end : pulledTo, end <= pulledTo, pulledTo, ct);
        }
    }

    /// <summary>Adds the hours since the shop was connected; returns how far the incremental pull says it is complete.</summary>
    private Task<DateTimeOffset> OpenAsync(int shopId, DateTimeOffset now, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var cursors = (await tx.QueryAsync("select stream, position from channels_cursors where shop_id = $1", r => (Stream: (PullStream)r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct, shopId))
            .ToDictionary(c => c.Stream, c => c.At);
        await tx.ExecuteAsync("""
            insert into channels_completeness (shop_id, hour, state, platform_count, our_count, explained_fen, wanting, wanting_count, behind_count, recovered, caught_up, checks, next_check_at)
            select $1, h, 0, 0, 0, 0, '{}', 0, 0, 0, 0, 0, h from generate_series(
                   coalesce((select max(hour) + interval '1 hour' from channels_completeness where shop_id = $1), date_trunc('hour', $2::timestamptz)), $3, interval '1 hour') h
            on conflict (shop_id, hour) do nothing
            """, ct, shopId, cursors[PullStream.Proof], now);
        return cursors[PullStream.Orders];
    }, ct);

    private async Task ProveAsync(IPlatformAdapter adapter, Shop shop, ShopConnection connection, DueHour due, DateTimeOffset until, bool isWhole, DateTimeOffset pulledTo, CancellationToken ct)
    {
        var listed = new Dictionary<string, ListedOrder>();
        await foreach (var order in adapter.ListCreatedAsync(connection, due.Hour, until, ct)) listed[order.PlatformOrderNo] = SameSecond.Newest(adapter, order);
        var here = await HereAsync(shop.Id, listed.Keys, ct);
        var missing = listed.Keys.Where(no => !here.ContainsKey(no)).ToList();
        // an hour that runs is looked at again in a moment, so what the next pull brings is left to it; one that is over is brought up to date now
        var behind = listed.Where(o => here.TryGetValue(o.Key, out var ours) && MissedChange.IsThere(o.Value, ours) && (isWhole || MissedChange.IsClaimed(o.Value, pulledTo))).Select(o => o.Key).ToList();
        var wanting = new Dictionary<string, string>();
        if (missing.Count + behind.Count > 0)
        {
            var refused = await fetch.HandleAsync(shop, connection, [.. missing, .. behind], ct);
            foreach (var (no, ours) in await HereAsync(shop.Id, [.. missing, .. behind], ct)) here[no] = ours;
            foreach (var no in missing.Where(no => !here.ContainsKey(no))) wanting[no] = refused.GetValueOrDefault(no, FetchListedHandler.NotYet);
            foreach (var no in behind)
                if ((refused.TryGetValue(no, out var why) ? $"有变更，{why}" : MissedChange.Words(listed[no], here[no])) is { } words) wanting[no] = words;
        }
        var found = new Found(missing.Count(here.ContainsKey), behind.Count(no => !wanting.ContainsKey(no)), behind.Count(wanting.ContainsKey));

        var priced = listed.Values.Where(o => o.PayFen is not null && here.ContainsKey(o.PlatformOrderNo)).ToList();
        var (explained, differing) = await AmountsAsync(adapter, shop.Id, priced, here, ct);
        // what the platform changed meanwhile comes with the fetch, and the next check finds it explained
        var unexplained = differing.Where(d => wanting.TryAdd(d.Key, d.Value)).Select(d => d.Key).ToList();
        if (unexplained.Count > 0) await fetch.HandleAsync(shop, connection, unexplained, ct);
        var hasSums = listed.Count == 0 || listed.Values.Any(o => o.PayFen is not null);
        await SaveAsync(shop.Id, due, until, isWhole, listed.Count, here.Count, hasSums ? listed.Values.Sum(o => o.PayFen ?? 0) : null, hasSums ? priced.Sum(o => here[o.PlatformOrderNo].PaidFen) : null, explained, wanting, found, ct);
    }

    /// <returns>How much of the difference stands in documents we have, and what to tell people of the rest, by number.</returns>
    private async Task<(long Explained, Dictionary<string, string> Differing)> AmountsAsync(IPlatformAdapter adapter, int shopId, List<ListedOrder> priced, Dictionary<string, OrderBrief> here, CancellationToken ct)
    {
        var (explained, differing) = (0L, new Dictionary<string, string>());
        var other = priced.Where(o => o.PayFen != here[o.PlatformOrderNo].PaidFen).ToList();
        if (other.Count == 0) return (explained, differing);
        var known = await InboxRows.NewestPayloadsAsync(database, shopId, DocumentKind.Order, [.. other.Select(o => o.PlatformOrderNo)], ct);
        foreach (var order in other)
        {
            var ours = here[order.PlatformOrderNo].PaidFen;
            if (known.GetValueOrDefault(order.PlatformOrderNo) is { } document && PayOf(adapter, shopId, document) == order.PayFen) explained += order.PayFen!.Value - ours;
            else differing[order.PlatformOrderNo] = $"金额不符：平台 {order.PayFen / 100m:0.00}，本系统 {ours / 100m:0.00}";
        }
        return (explained, differing);
    }

    private async Task<Dictionary<string, OrderBrief>> HereAsync(int shopId, IReadOnlyCollection<string> numbers, CancellationToken ct) =>
        numbers.Count == 0 ? [] : (await orders.BriefsAsync(shopId, numbers, ct)).ToDictionary(o => o.PlatformOrderNo);

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
        Dictionary<string, string> wanting, Found found, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("""
                update channels_completeness set until = $3, state = $4, platform_count = $5, our_count = $6, platform_fen = $7, our_fen = $8, explained_fen = $9, wanting = $10, wanting_count = $11,
                       recovered = recovered + $12, checks = checks + 1, checked_at = $13, next_check_at = $14,
                       caught_up = caught_up + $15, behind_count = $16 where shop_id = $1 and hour = $2
                """, ct, shopId, due.Hour, until, (short)(wanting.Count == 0 ? ProofState.Complete : ProofState.Missing), platformCount, ourCount, platformFen, ourFen, explained,
                wanting.OrderBy(w => w.Key, StringComparer.Ordinal).Take(NamedAtMost).Select(w => $"{w.Key} {w.Value}").ToArray(), wanting.Count, found.Recovered, now,
                ProofSchedule.Next(due.Hour, isWhole, wanting.Count == 0, due.Checks + 1, now), found.CaughtUp, found.Behind);
            // proven up to the first hour that is not; the hour under way counts as far as it was looked at
            await tx.ExecuteAsync("""
                update channels_cursors set position = greatest(position, coalesce(
                       (select min(hour) from channels_completeness where shop_id = $1 and state <> 1), (select max(until) from channels_completeness where shop_id = $1), position))
                 where shop_id = $1 and stream = 3
                """, ct, shopId);
        }, ct);
    }
}
