using Microsoft.Extensions.Options;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Merging;

/// <summary>
/// One parcel for several orders of one buyer, and back. They must be paid, go from one warehouse to one receiver, and nobody may have begun
/// to pick them. One order's task carries all goods and its deadline is the earliest; the others' tasks point at it.
/// </summary>
internal sealed class MergeOrders(HubDatabase database, IOrderReader orders, IOrderFlow flow, IStockReader stock, IOptions<WarehousingOptions> options, TimeProvider clock)
{
    public const int Most = 20;

    /// <returns>The order under which the parcel is packed.</returns>
    public async Task<Result<long>> HandleAsync(IReadOnlyCollection<long> orderIds, Actor actor, CancellationToken ct)
    {
        if (orderIds.Distinct().Count() is < 2 or > Most) return WarehousingErrors.MergeCount(Most);
        return await database.RunAsync<Result<long>>(async tx =>
        {
            var (together, locked) = await tx.LockTogetherAsync(orders, orderIds, ct);
            var tasks = locked.Where(t => t.State != PickTaskState.Cancelled).ToList();
            if (Refuse(together, tasks) is { } refusal) return refusal;
            var held = (await stock.HeldByAsync([.. together.Select(o => o.Id)], ct)).ToLookup(h => h.OrderId);
            var carriers = tasks.Where(t => tasks.Any(m => m.MergedInto == t.Id)).ToList();
            var carrier = carriers.Concat(tasks.OrderBy(t => t.Deadline).ThenBy(t => t.OrderId)).First();
            var (parked, why) = (carrier.ParkedUntil, carrier.ParkedReason);

            foreach (var task in tasks.Where(t => t != carrier))
            {
                if (carriers.Contains(task)) AssignOwn(task, together.First(o => o.Id == task.OrderId), held);
                task.MergeInto(carrier);
            }
            carrier.Assign(carrier.WarehouseId, carrier.CourierCode, [.. held.SelectMany(h => h).GroupBy(h => h.SkuId).Select(g => (g.Key, g.Sum(h => h.Quantity)))], together.Min(o => o.PackBy(options.Value)));
            if (parked > clock.GetUtcNow()) carrier.Park(why!, parked.Value);
            foreach (var order in together) await flow.NoteAsync(tx, order.Id, "合单", actor, string.Join('、', together.Select(o => o.No)), ct);
            await tx.Context.SaveChangesAsync(ct);
            return carrier.OrderId;
        }, ct);
    }

    /// <summary>Every order of the parcel becomes one of its own again and is left alone by the automatic.</summary>
    public Task<Result> PartAsync(long orderId, Actor actor, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        if (await tx.LockGroupAsync(orders, orderId, ct) is not { Merged.Count: > 0, Task.IsOpenWork: true } group) return WarehousingErrors.NotMerged(Platform.Units.OrderNo.From(orderId));
        if (Busy(group.Task) is { } taken) return taken;
        var held = (await stock.HeldByAsync([.. group.Orders.Select(o => o.Id)], ct)).ToLookup(h => h.OrderId);
        foreach (var task in group.Merged.Append(group.Task))
        {
            AssignOwn(task, group.Orders.First(o => o.Id == task.OrderId), held);
            task.KeepApart();
            await flow.NoteAsync(tx, task.OrderId, "合单已拆开", actor, null, ct);
        }
        await tx.Context.SaveChangesAsync(ct);
        return Result.Ok;
    }, ct);

    private void AssignOwn(PickTask task, OrderView order, ILookup<long, Reservation> held)
    {
        var own = held[order.Id].Where(h => h.WarehouseId == task.WarehouseId).Select(h => (h.SkuId, h.Quantity)).ToList();
        if (order.State == OrderState.Allocated && own.Count > 0) task.Assign(task.WarehouseId, task.CourierCode, own, order.PackBy(options.Value));
        else task.Cancel(); // cancelled or sent elsewhere; the news is on its way
    }

    private Error? Busy(PickTask task) => task.IsUntouched(clock.GetUtcNow(), options.Value.ClaimExpires) ? null
        : WarehousingErrors.CannotMerge(task.No, task.IsOpenWork ? "已有人在拣货" : "已打包或已结束");

    private Error? Refuse(IReadOnlyList<OrderView> together, IReadOnlyList<PickTask> tasks)
    {
        var first = together[0];
        foreach (var order in together)
        {
            var own = tasks.Where(t => t.OrderId == order.Id).ToList();
            var why = order switch
            {
                { State: not OrderState.Allocated } => $"现在是“{order.State.Chinese()}”",
                { Hold: { } hold } => hold,
                { Parts.Count: > 0 } => "已拆成几个包裹",
                { ReceiverKey: null } => "平台没有给出能合单的收货人标识",
                _ when (order.ShopId, order.ReceiverKey) != (first.ShopId, first.ReceiverKey) => "店铺或收货人不同",
                _ when (order.WarehouseId, order.CourierId) != (first.WarehouseId, first.CourierId) => "发货仓或快递不同，请先改派",
                _ when own is not [var task] || task.WarehouseId != order.WarehouseId => "拣货任务还没生成，请稍候",
                _ => null,
            };
            if (why is not null) return WarehousingErrors.CannotMerge(order.No, why);
        }
        return tasks.Where(t => t.MergedInto is null).Select(Busy).FirstOrDefault(e => e is not null);
    }
}
