using Microsoft.Extensions.Options;
using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Merging;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>
/// Keeps pick tasks in step with their orders. It looks at what the order is now, not at what the event said, under the order's
/// lock: events told twice, late or in another order lead to the same tasks. Orders that were merged are parted as soon as one of them changes.
/// </summary>
internal sealed class FollowOrders(IOrderReader orders, IOrderFlow flow, IStockReader stock, IFulfilmentNetwork network, MergeRuleCache mergeRules, IOptions<WarehousingOptions> options, TimeProvider clock)
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
        var (moved, tasks) = await tx.LockTogetherAsync(orders, [.. events.Select(e => e.OrderId).Distinct()], ct);
        var held = (await stock.HeldByAsync([.. moved.Where(o => o.State is OrderState.Allocated or OrderState.Packed).Select(o => o.Id)], ct)).ToLookup(h => h.OrderId);
        var (rules, couriers, tasksOf) = (await mergeRules.CurrentAsync(ct), await network.CurrentAsync(ct), tasks.ToLookup(t => t.OrderId));
        moved = await PartAsync(tx, moved, tasks, held, ct);
        var added = new List<NewTask>();
        foreach (var order in moved)
        {
            var own = tasksOf[order.Id].Where(t => t.State != PickTaskState.Merged).ToList();
            if (order.State == OrderState.Allocated)
                foreach (var wanted in Wanted(order, held[order.Id], couriers))
                {
                    if (tasksOf[order.Id].FirstOrDefault(t => t.Part == wanted.Key.Part) is not { } task) added.Add(wanted with { ParkedUntil = rules.WaitUntil(order) });
                    else if (task.State != PickTaskState.Merged && !tasks.Any(t => t.MergedInto == task.Id)) task.Assign(wanted.WarehouseId, wanted.CourierCode, wanted.Demand, wanted.Deadline);
                }
            if (order.State != OrderState.Allocated ? tasksOf[order.Id].Any() : own.Exists(t => t.Part > Math.Max(1, order.Parts.Count))) await StopAsync(tx, order, own, ct);
        }
        await tx.AddTasksAsync(added, clock.GetUtcNow(), ct);
        if (tasks.Count > 0) await tx.Context.SaveChangesAsync(ct);
    }

    private IEnumerable<NewTask> Wanted(OrderView order, IEnumerable<Reservation> held, FulfilmentNetwork couriers)
    {
        var deadline = order.PackBy(options.Value);
        for (short part = 1; part <= Math.Max(1, order.Parts.Count); part++)
        {
            var warehouse = order.WarehouseOf(part)!.Value;
            var demand = held.Where(h => h.WarehouseId == warehouse && h.Part == part).Select(h => (h.SkuId, h.Quantity)).ToList();
            if (demand.Count == 0) throw new InvalidOperationException($"Order {order.No} is allocated to warehouse {warehouse} but holds no stock there.");
            yield return new(new(order.Id, part), warehouse, couriers.Courier(order.CourierOf(part))?.Code ?? "", deadline, demand, null);
        }
    }

    /// <summary>Parts merged orders of which one has changed: a packed box is opened again, and each order becomes a parcel of its own.</summary>
    /// <returns>The orders, those whose box was opened being allocated again.</returns>
    private async Task<IReadOnlyList<OrderView>> PartAsync(HubTransaction tx, IReadOnlyList<OrderView> moved, IReadOnlyList<PickTask> tasks, ILookup<long, Reservation> held, CancellationToken ct)
    {
        if (!tasks.Any(t => t.MergedInto is not null)) return moved;
        var now = moved.ToDictionary(o => o.Id);
        foreach (var carrier in tasks.Where(t => tasks.Any(m => m.MergedInto == t.Id)).ToList())
        {
            var merged = tasks.Where(t => t.MergedInto == carrier.Id).ToList();
            var together = merged.Append(carrier).Select(t => now[t.OrderId]).ToList();
            if (carrier.State == PickTaskState.HandedOver || IsIntact(carrier, together, held)) continue;
            if (carrier.State == PickTaskState.Packed) await tx.VoidParcelsAsync(carrier.OrderId, "合单中有订单变动", clock.GetUtcNow(), ct);
            foreach (var order in together)
            {
                await flow.NoteAsync(tx, order.Id, "合单已拆开", Actor.System, "合单中有订单变动", ct);
                if (order.State != OrderState.Packed || (await flow.MoveAsync(tx, order.Id, OrderTrigger.Unpack, Actor.System, "合单中有订单变动", ct)).Error is not null) continue;
                now[order.Id] = order with { State = OrderState.Allocated };
            }
            foreach (var task in merged.Append(carrier)) task.Cancel(); // what goes on is assigned anew
        }
        return [.. now.Values];
    }

    private static bool IsIntact(PickTask carrier, IReadOnlyList<OrderView> together, ILookup<long, Reservation> held) => carrier.State == PickTaskState.Packed
        ? together.All(o => o.State == OrderState.Packed)
        : together.All(o => o.State == OrderState.Allocated && o.WarehouseId == carrier.WarehouseId && o.Parts.Count == 0) && together.GoToOneReceiver()
            && carrier.Holds([.. together.SelectMany(o => held[o.Id]).GroupBy(h => h.SkuId).Select(g => (g.Key, g.Sum(h => h.Quantity)))]);

    private async Task StopAsync(HubTransaction tx, OrderView order, IReadOnlyList<PickTask> tasks, CancellationToken ct)
    {
        foreach (var task in tasks)
            switch (order.State)
            {
                case OrderState.Cancelled or OrderState.Review or OrderState.Shortage or OrderState.Paid or OrderState.PendingPayment:
                case OrderState.Shipped or OrderState.Signed or OrderState.Completed or OrderState.Returned when task.IsOpenWork:
                case OrderState.Allocated when task.Part > Math.Max(1, order.Parts.Count):
                    task.Cancel();
                    break;
            }
        if (order.State is OrderState.Cancelled or OrderState.Review or OrderState.Shortage or OrderState.Paid or OrderState.PendingPayment)
            await tx.VoidParcelsAsync(order.Id, order.State.Chinese(), clock.GetUtcNow(), ct);
    }
}

/// <summary>A task that does not exist yet.</summary>
/// <param name="ParkedUntil">Not offered before: other orders of the buyer may still come.</param>
internal sealed record NewTask(TaskKey Key, int WarehouseId, string CourierCode, DateTimeOffset Deadline, IReadOnlyList<(int SkuId, int Quantity)> Demand, DateTimeOffset? ParkedUntil);

internal static class AddTasks
{
    /// <summary>What <see cref="PickTask.Assign"/> makes of a new task, for hundreds of orders in one statement.</summary>
    public static async Task AddTasksAsync(this HubTransaction tx, IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct)
    {
        if (tasks.Count == 0) return;
        var lines = tasks.SelectMany(t => t.Demand.Select(d => (t.Key, d.SkuId, d.Quantity))).ToList();
        await tx.ExecuteAsync("""
            with added as (
                insert into warehousing_pick_tasks (order_id, part, warehouse_id, state, round, courier_code, line_count, piece_count, created_at, deadline, parked_until, parked_reason)
                select order_id, part, warehouse_id, $2, 1, courier, lines, pieces, $1, deadline, parked, case when parked is not null then $15 end
                  from unnest($3, $4, $5, $6, $7, $8, $9, $10) as n(order_id, part, warehouse_id, courier, lines, pieces, deadline, parked)
                returning id, order_id, part)
            insert into warehousing_pick_lines (task_id, sku_id, quantity, scanned)
            select a.id, n.sku_id, n.quantity, 0 from unnest($11, $12, $13, $14) as n(order_id, part, sku_id, quantity) join added a using (order_id, part)
            """, ct, now, (int)PickTaskState.Open, tasks.Select(t => t.Key.OrderId).ToArray(), tasks.Select(t => t.Key.Part).ToArray(), tasks.Select(t => t.WarehouseId).ToArray(),
            tasks.Select(t => t.CourierCode).ToArray(), tasks.Select(t => t.Demand.Count).ToArray(), tasks.Select(t => t.Demand.Sum(d => d.Quantity)).ToArray(),
            tasks.Select(t => t.Deadline).ToArray(), tasks.Select(t => t.ParkedUntil).ToArray(),
            lines.Select(l => l.Key.OrderId).ToArray(), lines.Select(l => l.Key.Part).ToArray(), lines.Select(l => l.SkuId).ToArray(), lines.Select(l => l.Quantity).ToArray(), MergeRules.Waiting);
    }
}
