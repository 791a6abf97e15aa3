using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.States;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Flow;

internal sealed class MoveOrders(IAllocator allocator, IStockPool pool, OutboxWriter outbox, TimeProvider clock) : IOrderFlow
{
    private sealed record Current(int ShopId, string PlatformOrderNo, OrderState State, string? Hold, int? WarehouseId, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt);

    public async Task<Result> MoveAsync(HubTransaction tx, long orderId, OrderTrigger trigger, Actor actor, string? note, CancellationToken ct)
    {
        if (await LockAsync(tx, orderId, ct) is not { } order) return OrdersErrors.NotFound(orderId);
        if (OrderTransitions.IsAlreadyDone(order.State, trigger)) return Result.Ok;
        if (OrderTransitions.Target(order.State, trigger) is not { } target) return OrdersErrors.IllegalMove(orderId, order.State, trigger);
        if (trigger is OrderTrigger.Pack or OrderTrigger.Ship && order.Hold is { } reason) return OrdersErrors.Held(orderId, reason);

        var now = clock.GetUtcNow();
        if (trigger == OrderTrigger.Cancel)
        {
            await pool.ReleaseAsync(tx, [orderId], ReleaseReason.Cancelled, actor, ct);
            if (order.WarehouseId is not null) await allocator.GiveBackAsync(tx, (await allocator.CountedAsync(tx, [orderId], ct))[orderId], ct);
        }
        if (order.State == OrderState.Shortage) Shortfalls.Forget(tx, [orderId]);
        if (trigger == OrderTrigger.Ship) await pool.DeductAsync(tx, [orderId], actor, ct);
        await tx.ExecuteAsync("""
            update orders_orders set state = $2, state_since = $3,
                   shipped_at = case when $4 then $3 else shipped_at end,
                   warehouse_id = case when $5 then null else warehouse_id end,
                   parts = case when $5 then null else parts end
             where id = $1
            """, ct, orderId, (short)target, now, trigger == OrderTrigger.Ship, trigger == OrderTrigger.Cancel);
        await NoteAsync(tx, orderId, trigger.Chinese(), target, actor, note, ct);
        outbox.Add(tx, [new OrderMoved(orderId, order.ShopId, order.PlatformOrderNo, order.State, target, order.WarehouseId, now, order.CreatedAt, order.PaidAt)]);
        return Result.Ok;
    }

    public Task NoteAsync(HubTransaction tx, long orderId, string what, Actor actor, string? note, CancellationToken ct) =>
        NoteAsync(tx, orderId, what, null, actor, note, ct);

    public async Task HoldAsync(HubTransaction tx, long orderId, string? reason, Actor actor, CancellationToken ct)
    {
        var changed = await tx.ExecuteAsync("update orders_orders set hold = $2::text where id = $1 and hold is distinct from $2::text", ct, orderId, reason);
        if (changed > 0) await NoteAsync(tx, orderId, reason is null ? "解除拦截" : "拦截", null, actor, reason, ct);
    }

    private Task NoteAsync(HubTransaction tx, long orderId, string what, OrderState? to, Actor actor, string? note, CancellationToken ct) => tx.ExecuteAsync(
        "insert into orders_timeline (order_id, at, what, to_state, actor, note, trace_id) values ($1, $2, $3, $4::smallint, $5, $6::text, $7)", ct,
        orderId, clock.GetUtcNow(), what, (short?)to, actor.Name, note, HubTracing.CurrentTraceId);

    private static async Task<Current?> LockAsync(HubTransaction tx, long orderId, CancellationToken ct) =>
        (await tx.QueryAsync("select shop_id, platform_order_no, state, coalesce(hold, platform_hold), warehouse_id, created_at, paid_at from orders_orders where id = $1 for no key update",
            r => new Current(r.GetInt32(0), r.GetString(1), (OrderState)r.GetInt16(2), r.Text(3), r.Nullable<int>(4), r.GetFieldValue<DateTimeOffset>(5), r.Nullable<DateTimeOffset>(6)), ct, orderId)).FirstOrDefault();
}
