using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Routing;

/// <summary>A person says where an order goes out from and with whom, against the rules if need be, but never against the stock.</summary>
internal sealed class RouteByHand(HubDatabase database, ICatalog catalogs, IFulfilmentNetwork networks, IAllocator allocator, IStockPool pool, IStockReader held, Relocate relocate, IEnumerable<PlatformCouriers> platforms,
    AuditTrail audit, CurrentActor current)
{
    public async Task<Result> HandleAsync(long orderId, int warehouseId, int courierId, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        var (catalog, network) = (await catalogs.CurrentAsync(ct), await networks.CurrentAsync(ct));
        if (network.Warehouse(warehouseId) is not { Active: true } warehouse) return OrdersErrors.WarehouseClosed;
        if (network.Courier(courierId) is not { Active: true } courier) return OrdersErrors.CourierClosed;
        return await database.RunAsync<Result>(async tx =>
        {
            if (await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Allocated, OrderState.Shortage) is not [var order]) return OrdersErrors.NotRoutable(orderId);
            if ((order.WarehouseId, order.CourierId, order.Parts) == (warehouseId, courierId, null)) return Result.Ok;
            if (catalog.Shop(order.ShopId) is { } shop && platforms.FirstOrDefault(p => p.Platform == shop.Kind) is { } takes && !takes.Accepted.Contains(courier.Code))
                return OrdersErrors.CourierNotTaken(courier.Name, shop.Name);

            var (demand, rules) = (order.Demand(catalog), await allocator.RulesAsync(ct));
            var asked = order.Ask(demand, catalog) with { CountedIn = [.. (await allocator.CountedAsync(tx, [orderId], ct))[orderId]] };
            int[] skus = [.. demand.Select(l => l.SkuId)];
            var stock = await pool.LockAsync(tx, skus, [orderId], ct);
            var own = (await held.HeldByAsync([orderId], ct)).Where(h => h.WarehouseId == warehouseId).ToLookup(h => h.SkuId, h => h.Quantity);
            if (demand.FirstOrDefault(l => stock.Available(l.SkuId, warehouseId, order.ShopId) + own[l.SkuId].Sum() < l.Quantity) is { } missing)
                return OrdersErrors.NotEnoughThere(warehouse.Name, catalog.Sku(missing.SkuId)?.Code ?? "", missing.Quantity, stock.Available(missing.SkuId, warehouseId, order.ShopId));
            if (rules.ByHand(asked, warehouseId, courierId, stock).WarehouseId is null) return OrdersErrors.CourierDoesNotGo(courier.Name, warehouse.Name, asked.Province ?? "");
            if (order.WarehouseId is not null)
            {
                await pool.ReleaseAsync(tx, [orderId], ReleaseReason.Rerouted, current.Actor, ct);
                stock = await pool.LockAsync(tx, skus, [], ct); // with what it gave back, as the rules would see it
            }
            await relocate.WriteAsync(tx, order, demand, rules.ByHand(asked, warehouseId, courierId, stock), "人工改派", $"{warehouse.Name}，{courier.Name}；{reason}", current.Actor, ct);
            await audit.WriteAsync(tx, current.Actor, "orders.routed_by_hand", OrderNo.From(orderId), reason,
                new { order.WarehouseId, order.CourierId }, new { WarehouseId = warehouseId, CourierId = courierId }, ct);
            return Result.Ok;
        }, ct);
    }
}
