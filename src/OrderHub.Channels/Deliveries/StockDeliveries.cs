using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Publishing;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Channels.Deliveries;

/// <summary>Every listing whose stock moved is due at once, kits of a moved part too; what is nearly sold out gets the first places.</summary>
internal sealed class StockDeliveries(ICatalog catalog, PlanListings plans, DeliveryQueue queue) : IConsume<StockChanged>
{
    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<StockChanged> events, CancellationToken ct)
    {
        var changed = events.SelectMany(e => e.SkuIds).ToHashSet();
        var kits = (await catalog.CurrentAsync(ct)).Skus.Where(s => s.Parts.Any(p => changed.Contains(p.SkuId))).Select(s => s.Id);
        var expected = (await plans.OfSkusAsync([.. changed.Concat(kits)], ct)).ToDictionary(p => p.ListingId, p => p.Target);
        await queue.OweStockAsync(tx, expected.Keys, expected, ct);
    }
}
