using Microsoft.Extensions.Options;
using OrderHub.Allocation.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
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
        foreach (var orderId in events.Select(e => e.OrderId).Distinct().Order())
            if (await orders.LockAsync(tx, orderId, ct) is { } order) await FollowAsync(tx, order, couriers, ct);
        await tx.Context.SaveChangesAsync(ct);
    }

    private async Task FollowAsync(HubTransaction tx, OrderView order, FulfilmentNetwork couriers, CancellationToken ct)
    {
        var task = await tx.LockTaskAsync(order.Id, ct);
        switch (order.State)
        {
            case OrderState.Allocated:
                var now = clock.GetUtcNow();
                if (task is null) tx.Context.Add(task = PickTask.For(order.Id, now));
                task.Assign(order.WarehouseId!.Value, couriers.Courier(order.CourierId)?.Code ?? "", await DemandAsync(order, ct),
                    order.ShipBy ?? (order.PaidAt ?? order.CreatedAt) + TimeSpan.FromHours(options.Value.PackWithinHours));
                break;
            case OrderState.Cancelled or OrderState.Review or OrderState.Shortage or OrderState.Paid or OrderState.PendingPayment when task is not null:
                task.Cancel();
                await tx.VoidParcelsAsync(order.Id, order.State.Chinese(), clock.GetUtcNow(), ct);
                break;
            case OrderState.Shipped or OrderState.Signed or OrderState.Completed or OrderState.Returned when task is { IsOpenWork: true }:
                task.Cancel();
                break;
        }
    }

    private async Task<List<(int SkuId, int Quantity)>> DemandAsync(OrderView order, CancellationToken ct)
    {
        var demand = (await stock.HeldByAsync(order.Id, ct)).Where(h => h.WarehouseId == order.WarehouseId).Select(h => (h.SkuId, h.Quantity)).ToList();
        return demand.Count > 0 ? demand : throw new InvalidOperationException($"Order {order.No} is allocated to warehouse {order.WarehouseId} but holds no stock there.");
    }
}
