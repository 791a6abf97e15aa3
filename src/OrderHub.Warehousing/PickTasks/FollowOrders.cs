using Microsoft.Extensions.Options;
using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>
/// Keeps pick tasks in step with their orders. It looks at what the order is now, not at what the event said, under the order's
/// lock: events told twice, late or in another order lead to the same task.
/// </summary>
internal sealed class FollowOrders(IOrderReader orders, IStockReader stock, IFulfilmentNetwork network, IOptions<WarehousingOptions> options, TimeProvider clock)
    : IConsume<OrderMoved>
{
    public static bool Wants(OrderMoved moved) => moved.To switch
    {
        OrderState.Allocated or OrderState.Cancelled or OrderState.Review or OrderState.Shortage or OrderState.Paid => true,
        // shipped past us, on the platform: nothing is left to pick
        OrderState.Shipped or OrderState.Signed or OrderState.Completed or OrderState.Returned => moved.From is null or OrderState.Allocated,
        _ => false,
    };

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var couriers = await network.CurrentAsync(ct);
        var moved = await orders.LockManyAsync(tx, [.. events.Select(e => e.OrderId).Distinct()], ct);
        var tasks = (await tx.LockTasksAsync([.. moved.Select(o => o.Id)], ct)).ToDictionary(t => t.OrderId);
        var held = (await stock.HeldByAsync([.. moved.Where(o => o.State == OrderState.Allocated).Select(o => o.Id)], ct)).ToLookup(h => h.OrderId);
        var added = new List<NewTask>();
        foreach (var order in moved)
        {
            var task = tasks.GetValueOrDefault(order.Id);
            if (order.State != OrderState.Allocated)
            {
                if (task is not null) await StopAsync(tx, order, task, ct);
                continue;
            }
            var demand = held[order.Id].Where(h => h.WarehouseId == order.WarehouseId).Select(h => (h.SkuId, h.Quantity)).ToList();
            if (demand.Count == 0) throw new InvalidOperationException($"Order {order.No} is allocated to warehouse {order.WarehouseId} but holds no stock there.");
            var (courier, deadline) = (couriers.Courier(order.CourierId)?.Code ?? "", order.ShipBy ?? (order.PaidAt ?? order.CreatedAt) + TimeSpan.FromHours(options.Value.PackWithinHours));
            if (task is null) added.Add(new(order.Id, order.WarehouseId!.Value, courier, deadline, demand));
            else task.Assign(order.WarehouseId!.Value, courier, demand, deadline);
        }
        await tx.AddTasksAsync(added, clock.GetUtcNow(), ct);
        if (tasks.Count > 0) await tx.Context.SaveChangesAsync(ct);
    }

    private async Task StopAsync(HubTransaction tx, OrderView order, PickTask task, CancellationToken ct)
    {
        switch (order.State)
        {
            case OrderState.Cancelled or OrderState.Review or OrderState.Shortage or OrderState.Paid or OrderState.PendingPayment:
                task.Cancel();
                await tx.VoidParcelsAsync(order.Id, order.State.Chinese(), clock.GetUtcNow(), ct);
                break;
            case OrderState.Shipped or OrderState.Signed or OrderState.Completed or OrderState.Returned when task.IsOpenWork:
                task.Cancel();
                break;
        }
    }
}

/// <summary>The task of an order that has none yet.</summary>
internal sealed record NewTask(long OrderId, int WarehouseId, string CourierCode, DateTimeOffset Deadline, IReadOnlyList<(int SkuId, int Quantity)> Demand);

internal static class AddTasks
{
    /// <summary>What <see cref="PickTask.Assign"/> makes of a new task, for hundreds of orders in one statement.</summary>
    public static async Task AddTasksAsync(this HubTransaction tx, IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct)
    {
        if (tasks.Count == 0) return;
        var lines = tasks.SelectMany(t => t.Demand.Select(d => (t.OrderId, d.SkuId, d.Quantity))).ToList();
        await tx.ExecuteAsync("""
            with added as (
                insert into warehousing_pick_tasks (order_id, warehouse_id, state, round, courier_code, line_count, piece_count, created_at, deadline)
                select order_id, warehouse_id, $2, 1, courier, lines, pieces, $1, deadline from unnest($3, $4, $5, $6, $7, $8) as n(order_id, warehouse_id, courier, lines, pieces, deadline)
                returning id, order_id)
            insert into warehousing_pick_lines (task_id, sku_id, quantity, scanned)
            select a.id, n.sku_id, n.quantity, 0 from unnest($9, $10, $11) as n(order_id, sku_id, quantity) join added a using (order_id)
            """, ct, now, (int)PickTaskState.Open, tasks.Select(t => t.OrderId).ToArray(), tasks.Select(t => t.WarehouseId).ToArray(), tasks.Select(t => t.CourierCode).ToArray(),
            tasks.Select(t => t.Demand.Count).ToArray(), tasks.Select(t => t.Demand.Sum(d => d.Quantity)).ToArray(), tasks.Select(t => t.Deadline).ToArray(),
            lines.Select(l => l.OrderId).ToArray(), lines.Select(l => l.SkuId).ToArray(), lines.Select(l => l.Quantity).ToArray());
    }
}
