using Microsoft.EntityFrameworkCore;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.Warehousing.Handover;

/// <summary>Each parcel is handed over in a transaction of its own: one that must stay never keeps the others.</summary>
internal sealed class HandOverHandler(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow, CurrentActor current, TimeProvider clock)
{
    private const int AtMost = 500;

    public async Task<Result<HandoverAnswer>> HandleAsync(HandOverParcels command, CancellationToken ct)
    {
        if (current.RefuseOutside(command.WarehouseId) is { } elsewhere) return elsewhere;
        var waybillNo = command.WaybillNo?.Trim();
        var waiting = await db.Set<Parcel>().AsNoTracking()
            .Where(p => p.WarehouseId == command.WarehouseId && p.Status == ParcelStatus.Packed
                && (waybillNo == null || p.WaybillNo == waybillNo) && (command.CourierCode == null || p.CourierCode == command.CourierCode))
            .OrderBy(p => p.Id).Take(AtMost).Select(p => new { p.OrderId, p.Part, p.WaybillNo }).ToListAsync(ct);
        if (waybillNo is not null && waiting.Count == 0)
            return await IsGoneAsync(command.WarehouseId, waybillNo, ct) ? new HandoverAnswer(0, []) : WarehousingErrors.NoParcel(waybillNo);

        var (done, refused) = (0, new List<RefusedParcel>());
        foreach (var parcel in waiting)
        {
            if (await HandOverAsync(new(parcel.OrderId, parcel.Part), parcel.WaybillNo, ct) is { } reason)
                refused.Add(new(parcel.WaybillNo, Platform.Units.OrderNo.From(parcel.OrderId), reason));
            else done++;
        }
        return new HandoverAnswer(done, refused);
    }

    /// <summary>A scan sent twice finds its parcel handed over already; that is no mistake of the packer's.</summary>
    private Task<bool> IsGoneAsync(int warehouseId, string waybillNo, CancellationToken ct) => db.Set<Parcel>()
        .AnyAsync(p => p.WarehouseId == warehouseId && p.WaybillNo == waybillNo && p.Status != ParcelStatus.Packed && p.Status != ParcelStatus.Voided, ct);

    private Task<Error?> HandOverAsync(TaskKey key, string waybillNo, CancellationToken ct) => database.RunAsync<Error?>(async tx =>
    {
        if (await tx.LockGroupAsync(orders, key, ct) is not { } group) return WarehousingErrors.NoParcel(waybillNo);
        if (group.RefuseHandover() is { } stopped) return stopped;
        var parcel = (await tx.LockParcelsAsync(key.OrderId, ct)).Find(p => p.WaybillNo == waybillNo);
        if (parcel is null) return WarehousingErrors.NoParcel(waybillNo);
        if (parcel.Status is not ParcelStatus.Packed) return null; // a colleague was quicker
        var now = clock.GetUtcNow();
        parcel.HandOver(now);
        group.Task.HandedOver();
        tx.Context.Add(TrackingSubscription.For(parcel.Id, now));
        foreach (var order in group.Orders) await flow.NoteAsync(tx, order.Id, "已交快递", current.Actor, $"{parcel.CourierCode} {waybillNo}", ct);
        await tx.Context.SaveChangesAsync(ct);
        return null;
    }, ct);
}
