using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>The warehouse cannot send a parcel (damaged, not found …): the task ends here and its orders go to another warehouse, or wait for stock.</summary>
internal sealed class RejectTaskHandler(HubDatabase database, IOrderReader orders, IOrderRouting routing, CurrentActor current)
{
    public async Task<Result> HandleAsync(TaskKey key, string reason, CancellationToken ct)
    {
        try
        {
            return await database.RunAsync<Result>(async tx =>
            {
                if (await tx.LockGroupAsync(orders, key, ct) is not { Task: var task } group) return WarehousingErrors.NoTask(key.ToString());
                if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
                if (!task.IsOpenWork || group.Own?.WarehouseOf(task.Part) != task.WarehouseId) return WarehousingErrors.TaskClosed(task.No);
                foreach (var order in group.Orders)
                    if ((await routing.RejectAsync(tx, order.Id, task.WarehouseId, reason, current.Actor, ct)).Error is { } refusal) throw new RefusedException(refusal);
                foreach (var each in group.Merged.Append(task)) each.Cancel(); // until the news of the new warehouse opens it there
                await tx.Context.SaveChangesAsync(ct);
                return Result.Ok;
            }, ct);
        }
        catch (RefusedException refused)
        {
            return refused.Reason;
        }
    }

    /// <summary>One order of several cannot be sent elsewhere: none is.</summary>
    private sealed class RefusedException(Error reason) : Exception(reason.Text)
    {
        public Error Reason => reason;
    }
}
