using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Tracking;

/// <summary>
/// The courier's word moves parcel and order: picked up ships, signed signs; a state that skips one does both. Telling the same twice,
/// or an older state late, changes nothing.
/// </summary>
internal sealed class TakeCourierNewsHandler(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow,
    IOptions<WarehousingOptions> options, TimeProvider clock)
{
    /// <returns>False when the number is none of ours.</returns>
    public async Task<bool> HandleAsync(TrackingResult news, CancellationToken ct)
    {
        var number = news.Nu?.Trim() ?? "";
        var known = await db.Set<Parcel>().AsNoTracking().Where(p => p.WaybillNo == number && p.Status != ParcelStatus.Voided)
            .Select(p => new { p.OrderId, p.CourierCode }).ToListAsync(ct);
        // numbers of two couriers may coincide; then the company decides
        var one = known.Count == 1 ? known[0] : known.Find(k => Labels.CourierNames.OfKuaidi100(k.CourierCode) == news.Com);
        if (one is null) return false;
        await database.RunAsync(async tx =>
        {
            await orders.LockAsync(tx, one.OrderId, ct);
            var parcels = await tx.LockParcelsAsync(one.OrderId, ct);
            if (parcels.Find(p => p.WaybillNo == number && p.CourierCode == one.CourierCode) is { } parcel) await TakeAsync(tx, parcel, parcels, news, ct);
        }, ct);
        return true;
    }

    private async Task TakeAsync(HubTransaction tx, Parcel parcel, List<Parcel> parcels, TrackingResult news, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var courier = new Actor("courier:" + parcel.CourierCode);
        await tx.KeepTracksAsync(parcel, news, now, ct);
        parcel.Heard(now);
        var moved = CourierNews.Of(news) switch
        {
            Progress.PickedUp => parcel.PickUp(CourierNews.PickedUpAt(news) ?? now),
            Progress.Signed => parcel.Sign(CourierNews.LastAt(news) ?? now, now + TimeSpan.FromHours(options.Value.CompleteAfterHours)),
            Progress.Returning => parcel.TurnBack(),
            _ => false,
        };
        if (moved && parcel.Status is ParcelStatus.Returning) await flow.NoteAsync(tx, parcel.OrderId, "快递退回", courier, $"{parcel.CourierCode} {parcel.WaybillNo}", ct);
        else if (moved)
        {
            if (parcel.HasLeft && await tx.LockTaskAsync(parcel.OrderId, ct) is { State: PickTaskState.Packed } task) task.HandedOver();
            if (await BringOrderAlongAsync(tx, parcels, courier, ct) is { } reason)
                await flow.NoteAsync(tx, parcel.OrderId, "快递已取走，订单未能前进", courier, reason, ct);
        }
        await tx.Context.SaveChangesAsync(ct);
    }

    /// <summary>Ships when every parcel of the order has left, signs when every one arrived. A refused move is remembered and tried again.</summary>
    /// <returns>Why the order could not follow, or null.</returns>
    internal async Task<string?> BringOrderAlongAsync(HubTransaction tx, List<Parcel> parcels, Actor courier, CancellationToken ct)
    {
        if (parcels.Count == 0 || !parcels.TrueForAll(p => p.HasLeft)) return null;
        var (orderId, numbers) = (parcels[0].OrderId, string.Join(' ', parcels.Select(p => p.WaybillNo)));
        var order = await orders.LockAsync(tx, orderId, ct);
        if (order is not { State: OrderState.Packed or OrderState.Shipped or OrderState.Signed or OrderState.Completed })
            return $"订单现在是“{order?.State.Chinese()}”，请找回包裹"; // nothing to try again: the box must come back
        var refusal = order.State is OrderState.Packed ? (await flow.MoveAsync(tx, orderId, OrderTrigger.Ship, courier, numbers, ct)).Error : null;
        if (refusal is null && order.State is (OrderState.Packed or OrderState.Shipped) && parcels.TrueForAll(p => p.Status is ParcelStatus.Signed))
            refusal = (await flow.MoveAsync(tx, orderId, OrderTrigger.Sign, courier, numbers, ct)).Error;
        foreach (var parcel in parcels) parcel.OrderFollows(refusal is null);
        return refusal?.Text;
    }
}
