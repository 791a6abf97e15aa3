using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Shortages;

/// <param name="Wanted">Pieces that the waiting orders want together.</param>
/// <param name="Free">Available over all warehouses; an order may wait all the same, when no single warehouse has everything it wants.</param>
/// <param name="EarliestShipBy">Of the waiting orders.</param>
internal sealed record SkuShortage(int SkuId, int Orders, int Wanted, int Free, DateTimeOffset? EarliestShipBy)
{
    public int Missing => Math.Max(0, Wanted - Free);
}

internal sealed class CountShortages(HubDatabase database, IStockReader stock)
{
    /// <summary>Every SKU that orders in SHORTAGE want, also those of which there is enough.</summary>
    public async Task<IReadOnlyList<SkuShortage>> BySkuAsync(CancellationToken ct)
    {
        var wanted = await database.QueryAsync("""
            select s.sku_id, count(*)::int, least(sum(s.wanted), 2000000000)::int, min(o.ship_by) from orders_shortages s join orders_orders o on o.id = s.order_id group by s.sku_id
            """, r => new SkuShortage(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), 0, r.Nullable<DateTimeOffset>(3)), ct);
        if (wanted.Count == 0) return [];
        var free = (await stock.PublishableAsync(wanted.ConvertAll(w => w.SkuId), ct)).ToDictionary(s => s.SkuId, s => s.Available);
        return wanted.ConvertAll(w => w with { Free = Math.Max(0, free.GetValueOrDefault(w.SkuId)) });
    }
}
