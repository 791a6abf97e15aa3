using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

internal sealed class UnpackParcelHandler(HubDatabase database, IOrderReader orders, IOrderFlow flow, CurrentActor current, TimeProvider clock)
{
    public Task<Result> HandleAsync(TaskKey key, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        if (await tx.LockGroupAsync(orders, key, ct) is not { Task: var task } group) return WarehousingErrors.NoTask(key.ToString());
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (task.State is not PickTaskState.Packed) return WarehousingErrors.NotPackedYet(task.No);
        var others = (await tx.LockParcelsAsync(task.OrderId, ct)).Exists(p => p.Part != task.Part);
        foreach (var order in group.Orders)
        {
            // a split order stays packed while another of its boxes is closed
            if (others) await flow.NoteAsync(tx, order.Id, "拆包", current.Actor, task.No, ct);
            else if ((await flow.MoveAsync(tx, order.Id, OrderTrigger.Unpack, current.Actor, null, ct)).Error is { } refusal) return refusal;
        }
        await tx.VoidParcelsAsync(task.OrderId, "拆包", clock.GetUtcNow(), ct, task.Part);
        task.Unpacked(current.Actor, clock.GetUtcNow());
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);
}
