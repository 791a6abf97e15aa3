using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Shortages;

/// <param name="Wanted">Pieces that the waiting orders want together.</param>
/// <param name="Free">What the waiting orders' shops may take of it over all warehouses, never what is set aside for others; an order may wait all the same, when no single warehouse has everything it wants.</param>
/// <param name="EarliestShipBy">Of the waiting orders.</param>
internal sealed record SkuShortage(int SkuId, int Orders, int Wanted, int Free, DateTimeOffset? EarliestShipBy)
{
    public int Missing => Math.Max(0, Wanted - Free);
}

/// <summary>A SKU's free pieces as the shops may take them: each its own quota, all the shared rest.</summary>
internal readonly record struct FreePieces(PublishableStock? Stock)
{
    public int Shared => Math.Max(0, Stock?.For(0).Available ?? 0);

    public int For(int shopId) => Math.Max(0, Stock?.For(shopId).Available ?? 0);

    public int OwnOf(int shopId) => Math.Max(0, For(shopId) - Shared);
}

internal sealed class CountShortages(HubDatabase database, IStockReader stock)
{
    /// <summary>Every SKU that orders in SHORTAGE want, also those of which there is enough.</summary>
    public async Task<IReadOnlyList<SkuShortage>> BySkuAsync(CancellationToken ct)
    {
        var wanted = await database.QueryAsync("""
            select s.sku_id, o.shop_id, count(*)::int, least(sum(s.wanted), 2000000000)::int, min(o.ship_by)
              from orders_shortages s join orders_orders o on o.id = s.order_id group by s.sku_id, o.shop_id
            """, r => (SkuId: r.GetInt32(0), ShopId: r.GetInt32(1), Orders: r.GetInt32(2), Wanted: r.GetInt32(3), ShipBy: r.Nullable<DateTimeOffset>(4)), ct);
        if (wanted.Count == 0) return [];
        var free = await FreeAsync(wanted.Select(w => w.SkuId), ct);
        return [.. wanted.GroupBy(w => w.SkuId).Select(sku =>
        {
            var pieces = free.GetValueOrDefault(sku.Key);
            var all = (int)Math.Min(sku.Sum(w => (long)w.Wanted), 2_000_000_000);
            // a quota greater than its shop's orders is of no use to the others
            return new SkuShortage(sku.Key, sku.Sum(w => w.Orders), all, pieces.Shared + sku.Sum(w => Math.Min(w.Wanted, pieces.OwnOf(w.ShopId))), sku.Min(w => w.ShipBy));
        })];
    }

    /// <summary>SKUs that were never stocked are absent.</summary>
    public async Task<Dictionary<int, FreePieces>> FreeAsync(IEnumerable<int> skuIds, CancellationToken ct) =>
        (await stock.PublishableAsync([.. skuIds.Distinct()], ct)).ToDictionary(s => s.SkuId, s => new FreePieces(s));
}
