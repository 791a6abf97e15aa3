using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Channels.Deliveries;

/// <summary>Every listing whose stock moved is due shortly; the quantity itself is read when it is sent.</summary>
internal sealed class StockDeliveries(ICatalog catalog, TimeProvider clock) : IConsume<StockChanged>
{
    /// <summary>Long enough for a burst of orders to become one call, short against the minute a buyer takes to order.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<StockChanged> events, CancellationToken ct)
    {
        var changed = events.SelectMany(e => e.SkuIds).ToHashSet();
        var kits = (await catalog.CurrentAsync(ct)).Skus.Where(s => s.Parts.Any(p => changed.Contains(p.SkuId))).Select(s => s.Id);
        var listings = await tx.QueryAsync("select id from channels_listings where sku_id = any($1)", r => r.GetInt64(0), ct, changed.Concat(kits).ToArray());
        if (listings.Count > 0) await OweAsync(tx, listings, clock.GetUtcNow() + Gathering, ct);
    }

    /// <summary>A listing that waits already keeps its time and its back-off; any other is due anew.</summary>
    public static Task OweAsync(HubTransaction tx, IReadOnlyCollection<long> listingIds, DateTimeOffset dueAt, CancellationToken ct) => tx.ExecuteAsync("""
        insert into channels_deliveries as d (kind, shop_id, subject_id, subject, state, revision, attempts, created_at, due_at, trace_id)
        select 2, l.shop_id, l.id, l.merchant_code, 1, 1, 0, $2, $2, $3 from channels_listings l where l.id = any($1) order by l.id
        on conflict (kind, shop_id, subject_id) do update
           set revision = d.revision + 1, state = 1, trace_id = excluded.trace_id, subject = excluded.subject,
               due_at = case when d.state = 1 then d.due_at else excluded.due_at end,
               attempts = case when d.state = 1 then d.attempts else 0 end
        """, ct, listingIds.ToArray(), dueAt, HubTracing.CurrentTraceId);
}
