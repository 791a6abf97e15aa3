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
        return order.Question(catalog, order.Demand(catalog));
    }

    public IReadOnlyList<DemandLine> Explode(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog) => StockDemand.Of(lines, catalog);
}
