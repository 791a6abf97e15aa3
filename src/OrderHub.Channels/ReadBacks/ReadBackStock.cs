using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Publishing;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.ReadBacks;

/// <param name="Repaired">A repair is owed for so many.</param>
/// <param name="Error">Why it broke off.</param>
internal sealed record ReadBackOutcome(int Seen, int Repaired, int Unknown, string? Error);

/// <summary>
/// Reads what a platform's buyers see and compares it with what we published. A platform takes its stock down the moment somebody buys, so
/// a difference may be an order we have not pulled yet: the shop's orders are pulled and what still differs is looked at again before it
/// counts. Then the listing is remembered as showing what it really shows, so that the ordinary delivery sends the right quantity again.
/// A listing with news on its way is left alone: it is about to change anyway.
/// </summary>
internal sealed class ReadBackStockHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, ShopCircuits circuits, DeliveryQueue deliveries,
    PullShopHandler pull, PlanListings plans, TimeProvider clock)
{
    private const string NotPulled = "订单没有拉取成功，库存差异待复核";
    private const int AtOnce = 20;
    private const string Quiet = "not exists (select 1 from channels_deliveries d where d.kind = 2 and d.shop_id = l.shop_id and d.subject_id = l.id and d.state = 1)";

    /// <summary>A pull that is under way may have begun before we looked; ours comes after it.</summary>
    private static readonly TimeSpan PullPatience = TimeSpan.FromMinutes(1), PullPause = TimeSpan.FromSeconds(1);

    private sealed record Published(long Id, Listing Listing, int Quantity, DateTimeOffset? At);

    private sealed record Difference(Published Published, int? Shown);

    /// <returns>Null when the shop's platform cannot be asked.</returns>
    public async Task<ReadBackOutcome?> HandleAsync(int shopId, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).Shop(shopId) is not { } shop || adapters.Find(shop.Kind) is not { } adapter || !adapter.Abilities.Can(PlatformActions.ReadStock)) return null;
        if (await connections.FindAsync(shopId, ct) is not { } connection) return null;
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        int seen = 0, repaired = 0, unknown = 0;
        string? error = null;
        try
        {
            var suspects = new List<long>();
            for (var after = 0L; await NextAsync(shopId, after, ct) is { Count: > 0 } page; after = page[^1].Id)
            {
                seen += page.Count;
                suspects.AddRange((await DifferencesAsync(adapter, connection, page, ct)).Select(d => d.Published.Id));
            }
            if (suspects.Count > 0 && !await PullAsync(shopId, ct)) error = NotPulled;
            foreach (var chunk in error is null ? suspects.Chunk(AtOnce) : [])
            {
                var different = await DifferencesAsync(adapter, connection, await SettledAsync(chunk, ct), ct);
                unknown += different.Count(d => d.Shown is null);
                if (different.Count > 0) repaired += await RepairAsync(shopId, different, ct);
            }
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && (failure is PlatformException or Polly.ExecutionRejectedException || ShopCircuits.IsOutage(failure)))
        {
            error = TransientErrors.Describe(failure);
        }
        await database.RunAsync(tx => tx.ExecuteAsync("""
            insert into channels_read_backs (shop_id, day, started_at, took_ms, seen, repaired, unknown, error) values ($1, $2, $3, $4, $5, $6, $7, left($8::text, 2000))
            """, ct, shopId, ShopTime.BusinessDay(startedAt), startedAt, (int)clock.GetElapsedTime(began).TotalMilliseconds, seen, repaired, unknown, error), ct);
        return new(seen, repaired, unknown, error);
    }

    private Task<List<Published>> NextAsync(int shopId, long after, CancellationToken ct) =>
        PublishedAsync("l.shop_id = $1 and l.id > $2 order by l.id limit $3", ct, shopId, after, AtOnce);

    private Task<List<Published>> PublishedAsync(string which, CancellationToken ct, params object?[] values) => database.QueryAsync($"""
        select l.id, l.merchant_code, l.platform_product_id, l.platform_sku_id, l.published_quantity, l.published_at
          from channels_listings l where l.published_quantity is not null and {Quiet} and {which}
        """, r => new Published(r.GetInt64(0), new(r.GetString(2), r.GetString(3), r.GetString(1)), r.GetInt32(4), r.Nullable<DateTimeOffset>(5)), ct, values);

    private async Task<List<Difference>> DifferencesAsync(IPlatformAdapter adapter, ShopConnection connection, List<Published> page, CancellationToken ct)
    {
        if (page.Count == 0) return [];
        var shown = await circuits.For(connection.ShopId).ExecuteAsync(async token => await adapter.ReadStockAsync(connection, [.. page.Select(p => p.Listing)], token), ct);
        return [.. page.Select((p, i) => new Difference(p, shown[i])).Where(d => d.Shown != d.Published.Quantity)];
    }

    /// <returns>False when the shop's orders could not be pulled.</returns>
    private async Task<bool> PullAsync(int shopId, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var outcome = await pull.HandleAsync(new(shopId, PullStream.Orders), ct);
            if (outcome != PullOutcome.RunningElsewhere) return outcome == PullOutcome.Done;
            if (clock.GetElapsedTime(began) > PullPatience) return false;
            await Task.Delay(PullPause, clock, ct);
        }
    }

    /// <summary>Those for which the pull brought no news: what was published is still what they should show.</summary>
    private async Task<List<Published>> SettledAsync(long[] listingIds, CancellationToken ct)
    {
        var published = await PublishedAsync("l.id = any($1) order by l.id", ct, listingIds);
        var targets = (await plans.OfListingsAsync(listingIds, ct)).ToDictionary(p => p.ListingId, p => p.Target);
        var overtaken = published.Where(p => targets.TryGetValue(p.Id, out var target) && target != p.Quantity).Select(p => p.Id).ToList();
        // their news may still be on its way through the outbox; said twice it is one call
        if (overtaken.Count > 0) await database.RunAsync(tx => deliveries.OweStockAsync(tx, overtaken, null, ct), ct);
        return [.. published.Where(p => !overtaken.Contains(p.Id))];
    }

    /// <returns>For how many a repair is owed: those nobody published to since they were read.</returns>
    private Task<int> RepairAsync(int shopId, List<Difference> different, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var known = different.Where(d => d.Shown is not null).OrderBy(d => d.Published.Id).ToList();
        var corrected = await tx.QueryAsync($"""
            update channels_listings l set published_quantity = n.shown from unnest($1, $2, $3, $4) as n(id, shown, published, at)
             where l.id = n.id and l.published_quantity = n.published and l.published_at is not distinct from n.at and {Quiet}
            returning l.id
            """, r => r.GetInt64(0), ct, known.Select(d => d.Published.Id).ToArray(), known.Select(d => Math.Max(0, d.Shown!.Value)).ToArray(),
            known.Select(d => d.Published.Quantity).ToArray(), known.Select(d => d.Published.At).ToArray());
        await deliveries.OweStockAsync(tx, corrected, null, ct);
        var logged = different.Where(d => d.Shown is null || corrected.Contains(d.Published.Id)).ToList();
        await tx.ExecuteAsync("""
            insert into channels_stock_differences (shop_id, listing_id, merchant_code, at, published, shown)
            select $1, n.listing_id, n.code, $2, n.published, n.shown from unnest($3, $4, $5, $6::int[]) as n(listing_id, code, published, shown)
            """, ct, shopId, clock.GetUtcNow(), logged.Select(d => d.Published.Id).ToArray(), logged.Select(d => d.Published.Listing.MerchantCode).ToArray(),
            logged.Select(d => d.Published.Quantity).ToArray(), logged.Select(d => d.Shown).ToArray());
        return corrected.Count;
    }, ct);
}
