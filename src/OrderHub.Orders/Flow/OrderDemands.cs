using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Flow;

/// <summary>An order's question to allocation, put together as <see cref="PlaceAgain"/> does.</summary>
internal sealed class OrderDemands(ICatalog catalogs) : IOrderDemands
{
    public async Task<AllocationDemand?> FindAsync(HubTransaction tx, long orderId, CancellationToken ct)
    {
        if (await PlaceAgain.LockAsync(tx, [orderId], ct, Enum.GetValues<OrderState>()) is not [var order]) return null;
        var catalog = await catalogs.CurrentAsync(ct);
        return order.Ask(order.Demand(catalog), catalog);
    }

    public async Task<IReadOnlyList<long>> FindIdsAsync(HubTransaction tx, string platformOrderNo, CancellationToken ct) => await tx.QueryAsync(
        "select id from orders_orders where shop_id = any($1) and platform_order_no = $2 order by id", r => r.GetInt64(0), ct,
        (await catalogs.CurrentAsync(ct)).Shops.Select(s => s.Id).ToArray(), platformOrderNo); // the index begins with the shop

    public IReadOnlyList<DemandLine> Explode(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog) => StockDemand.Of(lines, catalog);

    public IReadOnlyList<DemandUnit> Units(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog) => StockDemand.Units(lines.Select((l, i) => (i + 1, l.Sku, l.Quantity)), catalog);
}
