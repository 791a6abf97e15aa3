using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>
/// Label first, then the box is closed. The waybill is asked for outside any transaction, under a reference that gives the same
/// number again; if an order in the box was stopped meanwhile, the number is kept as voided and the box stays open.
/// </summary>
internal sealed class PackParcelHandler(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow, IStockReader stock, ICatalog catalog,
    IFulfilmentNetwork network, IWaybillProvider waybills, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<PackedParcel>> HandleAsync(TaskKey key, CancellationToken ct)
    {
        if (await database.RunAsync(tx => tx.LockGroupAsync(orders, key, ct), ct) is not { Task: var task } group) return WarehousingErrors.NoTask(key.ToString());
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (task.State is PickTaskState.Packed && await PackedAlreadyAsync(task.Key, ct) is { } packed) return packed.View();
        if (Refuse(group) is { } refusal) return refusal;

        var request = await RequestAsync(task, group.Own!, ct);
        if (request.Error is { } unready) return unready;
        var waybill = await waybills.OrderAsync(request.Value, ct);
        return waybill.Error is { } refused ? refused : await CloseAsync(task, group.Own!.Receiver, request.Value, waybill.Value, ct);
    }

    private static Error? Refuse(TaskGroup group)
    {
        var task = group.Task;
        if (!task.IsOpenWork) return WarehousingErrors.TaskClosed(task.No);
        if (group.RefusePacking() is { } stopped) return stopped;
        return task.State is PickTaskState.Picked ? null : WarehousingErrors.NotAllScanned(task.No, task.Lines.Sum(l => l.Quantity - l.Scanned));
    }

    private Task<Parcel?> PackedAlreadyAsync(TaskKey key, CancellationToken ct) =>
        db.Set<Parcel>().AsNoTracking().FirstOrDefaultAsync(p => p.OrderId == key.OrderId && p.Part == key.Part && p.Status == ParcelStatus.Packed, ct);

    private async Task<Result<WaybillRequest>> RequestAsync(PickTask task, OrderView order, CancellationToken ct)
    {
        var places = await network.CurrentAsync(ct);
        if (CourierNames.OfKuaidi100(task.CourierCode) is not { } company || places.Warehouse(task.WarehouseId) is not { } sender) return WarehousingErrors.NoCourier(task.No);
        var skus = await catalog.CurrentAsync(ct);
        var weight = task.Lines.Sum(l => (skus.Sku(l.SkuId)?.WeightGrams ?? 0) * l.Quantity);
        var goods = task.Lines.Select(l => skus.Sku(l.SkuId)?.Category).FirstOrDefault(c => !string.IsNullOrEmpty(c)) ?? "商品";
        var to = order.Receiver;
        // a part, a new round (other warehouse, other goods) and a changed receiver need a number of their own: the old number goes to the old address
        var reference = order.No + (task.Part == 1 ? "" : $"P{task.Part}") + (task.Round <= 1 ? "" : $"-{task.Round}") + "-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(to.ToString())))[..6];
        return new WaybillRequest(reference, company,
            new(sender.ContactName, sender.ContactPhone, sender.Province + sender.City + sender.Address),
            new(to.Name, to.Phone, to.Province + to.City + to.District + to.Town + to.Address), goods, weight)
        {
            PlatformOrderNo = string.IsNullOrEmpty(to.Token) && !to.Phone.Contains('*') ? null : order.PlatformOrderNo,
            Oaid = skus.Shop(order.ShopId)?.Kind == ShopKind.Taobao && to.Token is { Length: > 0 } token ? token : null,
        };
    }

    private Task<Result<PackedParcel>> CloseAsync(PickTask seen, IncomingReceiver to, WaybillRequest request, Waybill waybill, CancellationToken ct) =>
        database.RunAsync<Result<PackedParcel>>(async tx =>
        {
            var group = (await tx.LockGroupAsync(orders, seen.Key, ct))!;
            var task = group.Task;
            var parcel = await tx.Context.Set<Parcel>().SingleOrDefaultAsync(p => p.CourierCode == seen.CourierCode && p.WaybillNo == waybill.No, ct);
            if (parcel is not null && (parcel.OrderId, parcel.Part) != (seen.OrderId, seen.Part)) return WarehousingErrors.WaybillTaken(waybill.No);
            if (parcel is { Status: ParcelStatus.Packed }) return parcel.View(); // a second tap came first

            var now = clock.GetUtcNow();
            if (parcel is null) tx.Context.Add(parcel = Parcel.For(seen.Key, seen.WarehouseId, seen.CourierCode, waybill.No));
            parcel.Pack(seen.WarehouseId, waybill.RouteCode, waybill.BagPlace, request.WeightGrams, current.Actor.Name, now);
            var stopped = ((task.Id, task.Round) == (seen.Id, seen.Round) ? null : WarehousingErrors.TaskClosed(seen.No)) ?? Refuse(group) ?? (group.Own!.Receiver == to ? null : WarehousingErrors.ReceiverChanged(task.No)) ?? await RefuseOutdatedAsync(group, ct);
            if (stopped is null)
            {
                foreach (var order in group.Orders) await PackedAsync(tx, order, task, waybill.No, ct);
                task.Packed();
            }
            else parcel.Void(stopped.Text, now);
            await tx.Context.SaveChangesAsync(ct);
            return stopped is null ? parcel.View() : stopped;
        }, ct);

    /// <summary>The orders were split or changed, and the news has not reached the task yet: the box holds what is no longer theirs.</summary>
    private async Task<Error?> RefuseOutdatedAsync(TaskGroup group, CancellationToken ct)
    {
        var held = (await stock.HeldByAsync([.. group.Orders.Select(o => o.Id)], ct)).Where(h => h.Part == group.Task.Part);
        return group.Task.Holds([.. held.GroupBy(h => h.SkuId).Select(g => (g.Key, g.Sum(h => h.Quantity)))]) ? null : WarehousingErrors.TaskClosed(group.Task.No);
    }

    /// <summary>A split order moves with its first box; the later ones are told beside it.</summary>
    private async Task PackedAsync(HubTransaction tx, OrderView order, PickTask task, string waybillNo, CancellationToken ct)
    {
        var what = $"{task.CourierCode} {waybillNo}" + (order.Parts.Count > 0 ? $"（{task.Part}/{order.Parts.Count}）" : "");
        if (order.State == OrderState.Packed) await flow.NoteAsync(tx, order.Id, "打包", current.Actor, what, ct);
        else if ((await flow.MoveAsync(tx, order.Id, OrderTrigger.Pack, current.Actor, what, ct)).Error is { } unexpected)
            throw new InvalidOperationException($"Order {order.No} was found ready and then refused: {unexpected.Text}");
    }
}
