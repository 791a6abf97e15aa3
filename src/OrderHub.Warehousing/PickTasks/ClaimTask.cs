using Microsoft.Extensions.Options;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

internal sealed class ClaimTaskHandler(HubDatabase database, IOrderReader orders, ReadTask reader, CurrentActor current,
    IOptions<WarehousingOptions> options, TimeProvider clock)
{
    /// <summary>How long a held order's task is passed over before it is offered again.</summary>
    internal static readonly TimeSpan ParkFor = TimeSpan.FromMinutes(5);

    public async Task<Result<PackTask>> HandleAsync(ClaimTask command, CancellationToken ct)
    {
        if (current.RefuseOutside(command.WarehouseId) is { } elsewhere) return elsewhere;
        if (command.OrderId is { } named) return await ClaimNamedAsync(command.WarehouseId, named, ct);
        while (await TakeNextAsync(command.WarehouseId, ct) is { } orderId)
        {
            var order = await orders.FindAsync(orderId, ct);
            if (order.RefusePacking() is not { } refusal) return (await reader.FindAsync(orderId, ct))!;
            await ParkAsync(orderId, refusal, ct);
        }
        return WarehousingErrors.NothingToPick;
    }

    private async Task<Result<PackTask>> ClaimNamedAsync(int warehouseId, long orderId, CancellationToken ct)
    {
        var order = await orders.FindAsync(orderId, ct);
        var refusal = await database.RunAsync<Error?>(async tx =>
        {
            var task = await tx.LockTaskAsync(orderId, ct);
            if (task is null || task.WarehouseId != warehouseId) return WarehousingErrors.NoTask(Platform.Units.OrderNo.From(orderId));
            if (!task.IsOpenWork) return WarehousingErrors.TaskClosed(task.OrderNo);
            if (order.RefusePacking() is { } held) return held;
            if (task.Claim(current.Actor, clock.GetUtcNow(), options.Value.ClaimExpires) is { } taken) return taken;
            await tx.Context.SaveChangesAsync(ct);
            return null;
        }, ct);
        return refusal is null ? (await reader.FindAsync(orderId, ct))! : refusal;
    }

    /// <summary>Checking and taking are one statement; rows that another packer is taking are skipped, not waited for. An expired claim is none.</summary>
    private async Task<long?> TakeNextAsync(int warehouseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await database.QueryAsync("""
            update warehousing_pick_tasks set claimed_by = $2, claimed_by_id = $3::bigint, claimed_at = $4
             where id = (select id from warehousing_pick_tasks
                          where warehouse_id = $1 and state in ($5, $6) and (claimed_by is null or claimed_at <= $7) and (parked_until is null or parked_until <= $4)
                          order by deadline, id limit 1 for update skip locked)
            returning order_id
            """, r => r.GetInt64(0), ct, warehouseId, current.Actor.Name, current.Actor.UserId, now, (int)PickTaskState.Open, (int)PickTaskState.Picked,
            now - options.Value.ClaimExpires);
        return taken.Count == 0 ? null : taken[0];
    }

    private Task ParkAsync(long orderId, Error reason, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var task = await tx.LockTaskAsync(orderId, ct);
        task?.Park(reason.Text, clock.GetUtcNow() + ParkFor);
        await tx.Context.SaveChangesAsync(ct);
    }, ct);
}
