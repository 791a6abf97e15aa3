using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

internal sealed class UnpackParcelHandler(HubDatabase database, IOrderReader orders, IOrderFlow flow, CurrentActor current, TimeProvider clock)
{
    public Task<Result> HandleAsync(long orderId, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        await orders.LockAsync(tx, orderId, ct);
        var task = await tx.LockTaskAsync(orderId, ct);
        if (task is null) return WarehousingErrors.NoTask(OrderNo.From(orderId));
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (task.State is not PickTaskState.Packed) return WarehousingErrors.NotPackedYet(task.OrderNo);
        if ((await flow.MoveAsync(tx, orderId, OrderTrigger.Unpack, current.Actor, null, ct)).Error is { } refusal) return refusal;
        await tx.VoidParcelsAsync(orderId, "拆包", clock.GetUtcNow(), ct);
        task.Unpacked(current.Actor, clock.GetUtcNow());
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);
}
