using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>What one packer has on the bench: the task that carries the goods, the tasks merged into it and all their orders, every row locked.</summary>
/// <param name="Orders">Ascending; the task's own order is among them.</param>
internal sealed record TaskGroup(PickTask Task, IReadOnlyList<PickTask> Merged, IReadOnlyList<OrderView> Orders)
{
    public IReadOnlyCollection<(long OrderId, short Part)> Parcels => [.. Merged.Prepend(Task).Select(t => (t.OrderId, t.Part))];

    public OrderView? Own => Orders.FirstOrDefault(o => o.Id == Task.OrderId);

    /// <summary>Why the warehouse may not go on with it; one order that must stop stops the parcel.</summary>
    public Error? RefusePacking()
    {
        if (Own is not { } own) return WarehousingErrors.OrderGone;
        if (Orders.Select(o => o.RefusePacking()).FirstOrDefault(e => e is not null) is { } refusal) return refusal;
        if (!Orders.GoToOneReceiver()) return WarehousingErrors.ReceiversDiffer(Task.No); // the news that parts them is on its way
        return own.WarehouseOf(Task.Part) == Task.WarehouseId ? null : WarehousingErrors.TaskClosed(Task.No); // sent elsewhere; the news is on its way
    }

    public Error? RefuseHandover() => Own is null ? WarehousingErrors.OrderGone : Orders.Select(o => o.RefuseHandover()).FirstOrDefault(e => e is not null);
}

internal static class LockGroup
{
    /// <summary>
    /// Locks the orders ascending, then their tasks. Whoever merges or parts tasks holds the locks of all their orders, so what belongs together
    /// is looked up again under the locks until it stands still.
    /// </summary>
    /// <returns>Null when there is no such task.</returns>
    public static async Task<TaskGroup?> LockGroupAsync(this HubTransaction tx, IOrderReader orders, TaskKey key, CancellationToken ct)
    {
        var (views, tasks) = await tx.LockTogetherAsync(orders, [key.OrderId], ct);
        if (tasks.FirstOrDefault(t => t.Key == key) is not { } asked) return null;
        var task = asked.MergedInto is { } carrier ? tasks.First(t => t.Id == carrier) : asked;
        var merged = tasks.Where(t => t.MergedInto == task.Id).ToList();
        return new(task, merged, [.. views.Where(o => o.Id == task.OrderId || merged.Exists(m => m.OrderId == o.Id))]);
    }

    /// <summary>These orders and all that are merged with them, with their tasks. The orders come without their lines: what is to be picked stands in the reservations.</summary>
    public static async Task<(IReadOnlyList<OrderView> Orders, IReadOnlyList<PickTask> Tasks)> LockTogetherAsync(this HubTransaction tx, IOrderReader orders, IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var ids = await TogetherAsync(tx, orderIds, ct);
        while (true)
        {
            var (locked, tasks) = (await orders.LockManyAsync(tx, ids, ct, withLines: false), await tx.LockTasksAsync([.. ids], ct));
            if (tasks.Count == 0) return (locked, tasks); // orders without a task are merged with nobody
            var now = await TogetherAsync(tx, orderIds, ct);
            if (now.SetEquals(ids)) return (locked, tasks);
            ids = now;
        }
    }

    private static async Task<HashSet<long>> TogetherAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct) => [.. orderIds, .. await tx.QueryAsync("""
        with carriers as materialized (select distinct coalesce(merged_into, id) as id from warehousing_pick_tasks where order_id = any($1))
        select t.order_id from carriers c join warehousing_pick_tasks t on t.id = c.id
        union all select t.order_id from carriers c join warehousing_pick_tasks t on t.merged_into = c.id
        """, r => r.GetInt64(0), ct, orderIds.ToArray())];
}
