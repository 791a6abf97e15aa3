using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Publishing;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <summary>
/// Brings listings to what they should show now, whatever it was when they became due: quantities are read together, those that changed
/// are sent, the nearest to sold out first, and all is written down together.
/// </summary>
internal sealed class SendStockHandler(HubDatabase database, PlanListings plans, ShopCircuits circuits, DueDeliveries due, TimeProvider clock, ILogger<SendStockHandler> log)
{
    public async Task HandleAsync(IReadOnlyList<DueDelivery> deliveries, DeliveryTarget target, CancellationToken ct)
    {
        var planned = (await plans.OfListingsAsync([.. deliveries.Select(d => d.SubjectId)], ct)).ToDictionary(p => p.ListingId);
        var outcomes = new ConcurrentBag<DeliveryOutcome>(deliveries.Where(d => !planned.ContainsKey(d.SubjectId)).Select(Gone));
        var known = deliveries.Where(d => planned.ContainsKey(d.SubjectId)).Select(d => (Delivery: d, Plan: planned[d.SubjectId])).ToList();
        foreach (var (delivery, plan) in known.Where(k => k.Plan.Target == k.Plan.Published))
            outcomes.Add(DeliveryOutcome.Done(delivery, DeliveryState.Sent, Words(plan), null, null));

        var changed = known.Where(k => k.Plan.Target != k.Plan.Published).OrderBy(k => k.Plan.Target).Chunk(target.Adapter.Abilities.StockBatch);
        await Parallel.ForEachAsync(changed, new ParallelOptions { MaxDegreeOfParallelism = target.Adapter.Abilities.DeliveriesAtOnce, CancellationToken = ct }, async (batch, token) =>
        {
            foreach (var outcome in await SetAsync(batch, target, token)) outcomes.Add(outcome);
        });
        var shown = outcomes.Where(o => o.State == DeliveryState.Sent).Select(o => (o.Delivery.SubjectId, planned[o.Delivery.SubjectId].Target)).ToList();
        await database.RunAsync(async tx =>
        {
            await due.FinishAsync(tx, [.. outcomes], ct);
            await tx.ExecuteAsync("""
                update channels_listings l set published_quantity = n.quantity, published_at = $3 from unnest($1, $2) as n(id, quantity)
                 where l.id = n.id and l.published_quantity is distinct from n.quantity
                """, ct, shown.Select(s => s.SubjectId).ToArray(), shown.Select(s => s.Target).ToArray(), clock.GetUtcNow());
        }, ct);
    }

    private async Task<IEnumerable<DeliveryOutcome>> SetAsync((DueDelivery Delivery, ListingPlan Plan)[] batch, DeliveryTarget target, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity("channels.deliver");
        CallLog.BelongTo(batch[0].Delivery.Id);
        var began = clock.GetTimestamp();
        IReadOnlyList<Exception?> refused;
        try
        {
            StockLevel[] levels = [.. batch.Select(b => new StockLevel(b.Plan.Listing, b.Plan.Target))];
            refused = await circuits.For(target.Shop.Id).ExecuteAsync(async token => await target.Adapter.SetStocksAsync(target.Connection, levels, token), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is not NpgsqlException) // with our own database away the claim simply runs out
        {
            if (!ShopCircuits.IsOutage(failure)) log.LogWarning(failure, "Stock of {Listings} listings to shop {ShopId} was refused", batch.Length, target.Shop.Id);
            refused = [.. batch.Select(_ => failure)];
        }
        var (took, trace) = (clock.GetElapsedTime(began), HubTracing.CurrentTraceId);
        return batch.Select((b, i) => refused[i] is { } refusal ? DeliveryOutcome.Of(b.Delivery, refusal, target.Adapter.Abilities, took, trace) : DeliveryOutcome.Done(b.Delivery, DeliveryState.Sent, Words(b.Plan), took, trace));
    }

    private static DeliveryOutcome Gone(DueDelivery delivery) => DeliveryOutcome.Of(delivery, new PlatformException("channels.listing_gone", "商品已下架", isTransient: false), null, null, null);

    private static string Words(ListingPlan plan) => $"可售 {plan.Target}";
}
