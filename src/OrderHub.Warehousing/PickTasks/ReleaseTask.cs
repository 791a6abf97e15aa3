using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>Anyone of the warehouse may put a task back: the colleague who took it may have gone home.</summary>
internal sealed class ReleaseTaskHandler(HubDatabase database, CurrentActor current)
{
    public Task<Result> HandleAsync(long orderId, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        var task = await tx.LockTaskAsync(orderId, ct);
        if (task is null) return WarehousingErrors.NoTask(OrderNo.From(orderId));
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (!task.IsOpenWork) return WarehousingErrors.TaskClosed(task.OrderNo);
        task.LetGo();
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);
}
