using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>Anyone of the warehouse may put a task back: the colleague who took it may have gone home.</summary>
internal sealed class ReleaseTaskHandler(HubDatabase database, IOrderReader orders, CurrentActor current)
{
    public Task<Result> HandleAsync(TaskKey key, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        if (await tx.LockGroupAsync(orders, key, ct) is not { Task: var task }) return WarehousingErrors.NoTask(key.ToString());
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (!task.IsOpenWork) return WarehousingErrors.TaskClosed(task.No);
        task.LetGo();
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);
}
