using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>
/// Label first, then the box is closed. The waybill is asked for outside any transaction, under a reference that gives the same
/// number again; if the order was stopped meanwhile, the number is kept as voided and the box stays open.
/// </summary>
internal sealed class PackParcelHandler(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow, ICatalog catalog,
    IFulfilmentNetwork network, IWaybillProvider waybills, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<PackedParcel>> HandleAsync(long orderId, CancellationToken ct)
    {
        var order = await orders.FindAsync(orderId, ct);
        var task = await db.Set<PickTask>().AsNoTracking().Include(t => t.Lines).SingleOrDefaultAsync(t => t.OrderId == orderId, ct);
        if (task is null) return WarehousingErrors.NoTask(OrderNo.From(orderId));
        if (current.RefuseOutside(task.WarehouseId) is { } elsewhere) return elsewhere;
        if (task.State is PickTaskState.Packed && await PackedAlreadyAsync(orderId, ct) is { } packed) return packed.View();
        if (Refuse(task, order) is { } refusal) return refusal;

        var request = await RequestAsync(task, order!, ct);
        if (request.Error is { } unready) return unready;
        var waybill = await waybills.OrderAsync(request.Value, ct);
        return waybill.Error is { } refused ? refused : await CloseAsync(task, request.Value, waybill.Value, ct);
    }

    private static Error? Refuse(PickTask task, OrderView? order)
    {
        if (!task.IsOpenWork) return WarehousingErrors.TaskClosed(task.OrderNo);
        if (order.RefusePacking() is { } stopped) return stopped;
        if (order!.WarehouseId != task.WarehouseId) return WarehousingErrors.TaskClosed(task.OrderNo); // sent elsewhere; the news is on its way
        return task.State is PickTaskState.Picked ? null : WarehousingErrors.NotAllScanned(task.OrderNo, task.Lines.Sum(l => l.Quantity - l.Scanned));
    }

    private Task<Parcel?> PackedAlreadyAsync(long orderId, CancellationToken ct) =>
        db.Set<Parcel>().AsNoTracking().FirstOrDefaultAsync(p => p.OrderId == orderId && p.Status == ParcelStatus.Packed, ct);

    private async Task<Result<WaybillRequest>> RequestAsync(PickTask task, OrderView order, CancellationToken ct)
    {
        var places = await network.CurrentAsync(ct);
        if (CourierNames.OfKuaidi100(task.CourierCode) is not { } company || places.Warehouse(task.WarehouseId) is not { } sender) return WarehousingErrors.NoCourier(task.OrderNo);
        var skus = await catalog.CurrentAsync(ct);
        var weight = task.Lines.Sum(l => (skus.Sku(l.SkuId)?.WeightGrams ?? 0) * l.Quantity);
        var goods = task.Lines.Select(l => skus.Sku(l.SkuId)?.Category).FirstOrDefault(c => !string.IsNullOrEmpty(c)) ?? "商品";
        // a new round (other warehouse, other goods) needs a number of its own
        var reference = task.Round <= 1 ? task.OrderNo : $"{task.OrderNo}-{task.Round}";
        var to = order.Receiver;
        return new WaybillRequest(reference, company,
            new(sender.ContactName, sender.ContactPhone, sender.Province + sender.City + sender.Address),
            new(to.Name, to.Phone, to.Province + to.City + to.District + to.Town + to.Address), goods, weight);
    }

    private Task<Result<PackedParcel>> CloseAsync(PickTask seen, WaybillRequest request, Waybill waybill, CancellationToken ct) =>
        database.RunAsync<Result<PackedParcel>>(async tx =>
        {
            var order = await orders.LockAsync(tx, seen.OrderId, ct);
            var task = (await tx.LockTaskAsync(seen.OrderId, ct))!;
            var parcel = await tx.Context.Set<Parcel>().SingleOrDefaultAsync(p => p.CourierCode == seen.CourierCode && p.WaybillNo == waybill.No, ct);
            if (parcel is not null && parcel.OrderId != seen.OrderId) return WarehousingErrors.WaybillTaken(waybill.No);
            if (parcel is { Status: ParcelStatus.Packed }) return parcel.View(); // a second tap came first

            var now = clock.GetUtcNow();
            if (parcel is null) tx.Context.Add(parcel = Parcel.For(seen.OrderId, seen.WarehouseId, seen.CourierCode, waybill.No));
            parcel.Pack(seen.WarehouseId, waybill.RouteCode, waybill.BagPlace, request.WeightGrams, current.Actor.Name, now);
            var stopped = (task.Round == seen.Round ? null : WarehousingErrors.TaskClosed(task.OrderNo)) ?? Refuse(task, order)
                ?? (await flow.MoveAsync(tx, seen.OrderId, OrderTrigger.Pack, current.Actor, $"{seen.CourierCode} {waybill.No}", ct)).Error;
            if (stopped is null) task.Packed();
            else parcel.Void(stopped.Text, now);
            await tx.Context.SaveChangesAsync(ct);
            return stopped is null ? parcel.View() : stopped;
        }, ct);
}
