using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Routing;

/// <summary>What became of one order of a re-run.</summary>
/// <param name="To">Null = still no warehouse can send it.</param>
internal sealed record RouteOutcome(int? From, int? To, bool Changed);

/// <summary>Asks the rules once more: for a person who changed them or the stock, and for a warehouse that cannot send an order.</summary>
internal sealed class RouteAgain(HubDatabase database, ICatalog catalogs, IAllocator allocator, IStockPool pool, IStockReader held, PlaceAgain placing, Relocate relocate, AuditTrail audit, CurrentActor current, TimeProvider clock)
    : IOrderRouting
{
    /// <summary>An allocated order stays where it is when nothing better can send it.</summary>
    public Task<Result<RouteOutcome>> HandleAsync(long orderId, string reason, CancellationToken ct) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult<Result<RouteOutcome>>(OrdersErrors.ReasonMissing)
        : database.RunAsync<Result<RouteOutcome>>(async tx =>
        {
            if (await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Allocated, OrderState.Shortage) is not [var order]) return OrdersErrors.NotRoutable(orderId);
            await audit.WriteAsync(tx, current.Actor, "orders.routed_again", OrderNo.From(orderId), reason, new { order.WarehouseId, order.CourierId }, null, ct);
            if (order.State == OrderState.Shortage)
            {
                var placed = await PlaceShortAsync(tx, order, ct);
                return new RouteOutcome(null, placed, placed is not null);
            }

            var before = await held.HeldByAsync([orderId], ct); // its row is locked, so what it holds stands still
            var (demand, decision) = await ChooseAsync(tx, order, current.Actor, ct);
            var stays = decision.WarehouseId is null || (decision.WarehouseId, decision.CourierId, OrderParts.Text(decision)) == (order.WarehouseId, order.CourierId, order.Parts);
            if (stays) await pool.ReserveAsync(tx, [.. before.Select(h => h with { ShopId = order.ShopId })], ct);
            else await relocate.WriteAsync(tx, order, demand, decision, "重新分仓", $"{decision.Reason}；{reason}", current.Actor, ct);
            return new RouteOutcome(order.WarehouseId, stays ? order.WarehouseId : decision.WarehouseId, !stays);
        }, ct);

    public async Task<Result<int?>> RejectAsync(HubTransaction tx, long orderId, int refusing, string reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        if (await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Allocated) is not [var order] || refusing != order.WarehouseId && OrderParts.Read(order.Parts).All(p => p.WarehouseId != refusing)) return OrdersErrors.NotRoutable(orderId);
        await tx.ExecuteAsync("""
            insert into orders_rejections (order_id, warehouse_id, reason, actor, at) values ($1, $2, $3, $4, $5)
            on conflict (order_id, warehouse_id) do update set reason = excluded.reason, actor = excluded.actor, at = excluded.at
            """, ct, orderId, refusing, reason, actor.Name, clock.GetUtcNow());
        var elsewhere = order with { Asked = order.Asked with { ExcludedWarehouses = [.. order.Asked.ExcludedWarehouses, refusing] } };
        var (demand, decision) = await ChooseAsync(tx, elsewhere, actor, ct);
        await relocate.WriteAsync(tx, order, demand, decision, "仓库拒单", $"{reason}；{decision.Reason}", actor, ct);
        await audit.WriteAsync(tx, actor, "orders.rejected_by_warehouse", OrderNo.From(orderId), reason, new { WarehouseId = refusing }, new { decision.WarehouseId }, ct);
        return decision.WarehouseId;
    }

    private async Task<int?> PlaceShortAsync(HubTransaction tx, PlaceAgain.Waiting order, CancellationToken ct) =>
        await placing.PlaceAsync(tx, [order], current.Actor, ct) == 0 ? null
            : (await tx.QueryAsync("select warehouse_id from orders_orders where id = $1", r => r.Nullable<int>(0), ct, order.OrderId))[0];

    /// <summary>Gives back what the order holds and chooses on the stock with that in it.</summary>
    private async Task<(IReadOnlyList<DemandLine> Demand, AllocationDecision Decision)> ChooseAsync(HubTransaction tx, PlaceAgain.Waiting order, Actor actor, CancellationToken ct)
    {
        var (catalog, rules) = (await catalogs.CurrentAsync(ct), await allocator.RulesAsync(ct));
        var demand = order.Demand(catalog);
        int[] skus = [.. demand.Select(l => l.SkuId)];
        await pool.LockAsync(tx, skus, [order.OrderId], ct); // one ascending sweep, before the release takes its part of it
        await pool.ReleaseAsync(tx, [order.OrderId], ReleaseReason.Rerouted, actor, ct);
        var stock = await pool.LockAsync(tx, skus, [], ct);
        var counted = await allocator.CountedAsync(tx, [order.OrderId], ct);
        return (demand, rules.Choose(order.Ask(demand, catalog) with { CountedIn = [.. counted[order.OrderId]] }, stock));
    }
}
