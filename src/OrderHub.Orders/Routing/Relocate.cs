using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.States;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Orders.Routing;

/// <summary>
/// Writes that an order's goods now come from elsewhere. Joins the caller's transaction: the order's row is locked, what it held is given back,
/// and the decision was made on the stock locked after that.
/// </summary>
internal sealed class Relocate(IAllocator allocator, IStockPool pool, OutboxWriter outbox, TimeProvider clock)
{
    /// <param name="what">For the timeline, a localizer key.</param>
    public async Task WriteAsync(HubTransaction tx, PlaceAgain.Waiting order, IReadOnlyList<DemandLine> demand, AllocationDecision decision, string what, string note, Actor actor, CancellationToken ct)
    {
        var (now, target) = (clock.GetUtcNow(), decision.WarehouseId is null ? OrderState.Shortage : OrderState.Allocated);
        if (decision.WarehouseId is not null)
        {
            await pool.ReserveAsync(tx, [.. decision.Reservations(order.OrderId, order.ShopId, demand, HoldReason.Moved)], ct);
            Shortfalls.Forget(tx, [order.OrderId]);
        }
        else Shortfalls.Keep(tx, [(order.OrderId, demand)]);
        await allocator.RecordAsync(tx, [(order.OrderId, decision)], ct);
        await tx.ExecuteAsync("""
            update orders_orders set state = $2, state_since = case when state = $2 then state_since else $3 end, warehouse_id = $4::int, courier_id = $5::int, parts = $6::json where id = $1
            """, ct, order.OrderId, (short)target, now, decision.WarehouseId, decision.CourierId, OrderParts.Text(decision));
        await tx.ExecuteAsync("insert into orders_timeline (order_id, at, what, to_state, actor, note, trace_id) values ($1, $2, $3, $4::smallint, $5, $6, $7)", ct,
            order.OrderId, now, what, target == order.State ? null : (short)target, actor.Name, note, HubTracing.CurrentTraceId);
        outbox.Add(tx, [new OrderMoved(order.OrderId, order.ShopId, order.PlatformOrderNo, order.State, target, decision.WarehouseId, now, order.CreatedAt, order.PaidAt)]);
    }
}
