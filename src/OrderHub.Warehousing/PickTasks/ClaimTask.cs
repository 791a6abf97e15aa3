using Microsoft.Extensions.Options;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

internal sealed class ClaimTaskHandler(HubDatabase database, IOrderReader orders, IBatchPicks batches, ReadTask reader, CurrentActor current,
    IOptions<WarehousingOptions> options, TimeProvider clock)
{
    /// <summary>How long a held order's task is passed over before it is offered again.</summary>
    internal static readonly TimeSpan ParkFor = TimeSpan.FromMinutes(5);

    public async Task<Result<PackTask>> HandleAsync(ClaimTask command, CancellationToken ct)
    {
        if (current.RefuseOutside(command.WarehouseId) is { } elsewhere) return elsewhere;
        if (command.Task is { } named) return await ClaimNamedAsync(command.WarehouseId, named, ct);
        while (await TakeNextAsync(command.WarehouseId, ct) is { } key)
            if (await PrepareAsync(key, ct) is null) return (await reader.FindAsync(key, ct))!;
        return WarehousingErrors.NothingToPick;
    }

    private async Task<Result<PackTask>> ClaimNamedAsync(int warehouseId, TaskKey key, CancellationToken ct)
    {
        var refusal = await database.RunAsync<Error?>(async tx =>
        {
            var group = await tx.LockGroupAsync(orders, key, ct);
            if (group is null || group.Task.WarehouseId != warehouseId) return WarehousingErrors.NoTask(key.ToString());
            if (!group.Task.IsOpenWork) return WarehousingErrors.TaskClosed(group.Task.No);
            if (group.RefusePacking() is { } held) return held;
            if (group.Task.Claim(current.Actor, clock.GetUtcNow(), options.Value.ClaimExpires) is { } taken) return taken;
            await tx.Context.SaveChangesAsync(ct);
            await batches.ChooseAsync(tx, group.Parcels, ct);
            return null;
        }, ct);
        return refusal is null ? (await reader.FindAsync(key, ct))! : refusal;
    }

    /// <summary>Checking and taking are one statement; rows that another packer is taking are skipped, not waited for. An expired claim is none.</summary>
    private async Task<TaskKey?> TakeNextAsync(int warehouseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await database.QueryAsync("""
            update warehousing_pick_tasks set claimed_by = $2, claimed_by_id = $3::bigint, claimed_at = $4
             where id = (select id from warehousing_pick_tasks
                          where warehouse_id = $1 and state in ($5, $6) and (claimed_by is null or claimed_at <= $7) and (parked_until is null or parked_until <= $4)
                          order by deadline, id limit 1 for update skip locked)
            returning order_id, part
            """, r => new TaskKey(r.GetInt64(0), r.GetInt16(1)), ct, warehouseId, current.Actor.Name, current.Actor.UserId, now, (int)PickTaskState.Open, (int)PickTaskState.Picked,
            now - options.Value.ClaimExpires);
        return taken.Count == 0 ? null : taken[0];
    }

    /// <summary>Says which batches to take; a task whose orders may not be packed is put aside.</summary>
    /// <returns>Why; null = it may be packed.</returns>
    private Task<Error?> PrepareAsync(TaskKey key, CancellationToken ct) => database.RunAsync<Error?>(async tx =>
    {
        var group = (await tx.LockGroupAsync(orders, key, ct))!;
        if (group.RefusePacking() is not { } refusal)
        {
            await batches.ChooseAsync(tx, group.Parcels, ct);
            return null;
        }
        group.Task.Park(refusal.Text, clock.GetUtcNow() + ParkFor);
        await tx.Context.SaveChangesAsync(ct);
        return refusal;
    }, ct);
}
