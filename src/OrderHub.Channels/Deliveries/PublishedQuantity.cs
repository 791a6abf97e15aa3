using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Channels.Deliveries;

/// <summary>What a listing may show; a kit shows as many as its scarcest part allows.</summary>
internal static class PublishedQuantity
{
    public static IEnumerable<int> PoolSkusOf(Sku sku) => sku.IsKit ? sku.Parts.Select(p => p.SkuId) : [sku.Id];

    /// <param name="publishable">By base SKU, safety stock and thresholds already applied; an absent SKU has none.</param>
    public static int Of(Sku sku, IReadOnlyDictionary<int, PublishableStock> publishable) => Math.Max(0, sku.IsKit
        ? sku.Parts.Min(p => (publishable.GetValueOrDefault(p.SkuId)?.Publish ?? 0) / p.Quantity)
        : publishable.GetValueOrDefault(sku.Id)?.Publish ?? 0);
}
