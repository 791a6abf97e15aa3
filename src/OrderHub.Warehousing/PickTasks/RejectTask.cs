using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>The warehouse cannot send an order (damaged, not found …): the task ends here and the order goes to another warehouse, or waits for stock.</summary>
internal sealed class RejectTaskHandler(HubDatabase database, IOrderReader orders, IOrderRouting routing, CurrentActor current)
{
    public Task<Result> HandleAsync(long orderId, string reason, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        var order = await orders.LockAsync(tx, orderId, ct);
        var task = await tx.LockTaskAsync(orderId, ct);
        if (task is null || order is null) return WarehousingErrors.NoTask(OrderNo.From(orderId));
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (!task.IsOpenWork || order.WarehouseId != task.WarehouseId) return WarehousingErrors.TaskClosed(task.OrderNo);
        if ((await routing.RejectAsync(tx, orderId, reason, current.Actor, ct)).Error is { } refusal) return refusal;
        task.Cancel(); // until the news of the new warehouse opens it there
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);
}
