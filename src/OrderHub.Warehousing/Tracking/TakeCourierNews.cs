using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderHub.Inventory.Contracts;
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
internal sealed class TakeCourierNewsHandler(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow, IStockPool pool,
    IOptions<WarehousingOptions> options, TimeProvider clock)
{
    /// <returns>False when the number is none of ours.</returns>
    public async Task<bool> HandleAsync(TrackingResult news, CancellationToken ct)
    {
        var number = news.Nu?.Trim() ?? "";
        var known = await db.Set<Parcel>().AsNoTracking().Where(p => p.WaybillNo == number && p.Status != ParcelStatus.Voided)
            .Select(p => new { p.OrderId, p.Part, p.CourierCode }).ToListAsync(ct);
        // numbers of two couriers may coincide; then the company decides
        var one = known.Count == 1 ? known[0] : known.Find(k => Labels.CourierNames.OfKuaidi100(k.CourierCode) == news.Com);
        if (one is null) return false;
        await database.RunAsync(async tx =>
        {
            if (await tx.LockGroupAsync(orders, new(one.OrderId, one.Part), ct) is not { } group) return;
            var parcels = await tx.LockParcelsAsync(one.OrderId, ct);
            if (parcels.Find(p => p.WaybillNo == number && p.CourierCode == one.CourierCode) is { } parcel) await TakeAsync(tx, group, parcel, parcels, news, ct);
        }, ct);
        return true;
    }

    private async Task TakeAsync(HubTransaction tx, TaskGroup group, Parcel parcel, List<Parcel> parcels, TrackingResult news, CancellationToken ct)
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
        if (moved && parcel.Status is ParcelStatus.Returning)
            foreach (var order in group.Orders) await flow.NoteAsync(tx, order.Id, "快递退回", courier, $"{parcel.CourierCode} {parcel.WaybillNo}", ct);
        else if (moved)
        {
            if (parcel.HasLeft && group.Task.State is PickTaskState.Packed) group.Task.HandedOver();
            await BringOrdersAlongAsync(tx, group.Orders, parcels, courier, ct);
        }
        await tx.Context.SaveChangesAsync(ct);
    }

    /// <summary>
    /// Ships an order when all its parcels have left, signs it when all arrived; of a split order the goods of each parcel are deducted as it leaves.
    /// A refused move is noted with the order, remembered and tried again.
    /// </summary>
    /// <param name="together">The orders whose goods the parcels carry.</param>
    /// <returns>Whether all could follow.</returns>
    internal async Task<bool> BringOrdersAlongAsync(HubTransaction tx, IReadOnlyList<OrderView> together, List<Parcel> parcels, Actor courier, CancellationToken ct)
    {
        var (all, mayTryAgain) = (true, false);
        if (together.Count > 1) await pool.LockAsync(tx, [], [.. together.Select(o => o.Id)], ct); // all their SKUs in one ascending sweep, before the first order's goods leave
        foreach (var order in together)
        {
            if (order.Parts.Count > 0)
                foreach (var parcel in parcels.Where(p => p.HasLeft)) await pool.DeductPartAsync(tx, order.Id, parcel.Part, courier, ct);
            if (parcels.Count < Math.Max(1, order.Parts.Count) || !parcels.TrueForAll(p => p.HasLeft)) continue;
            if (await BringAlongAsync(tx, order, parcels, courier, ct) is not var (reason, isFinal)) continue;
            (all, mayTryAgain) = (false, mayTryAgain || !isFinal);
            await flow.NoteAsync(tx, order.Id, "快递已取走，订单未能前进", courier, reason, ct);
        }
        foreach (var parcel in parcels) parcel.OrderFollows(!mayTryAgain);
        return all;
    }

    /// <returns>Why the order could not follow, and whether trying again is of no use; null = it did.</returns>
    private async Task<(string Reason, bool IsFinal)?> BringAlongAsync(HubTransaction tx, OrderView order, List<Parcel> parcels, Actor courier, CancellationToken ct)
    {
        if (order.State is not (OrderState.Packed or OrderState.Shipped or OrderState.Signed or OrderState.Completed))
            return ($"订单现在是“{order.State.Chinese()}”，请找回包裹", true);
        var numbers = string.Join(' ', parcels.Select(p => p.WaybillNo));
        var refusal = order.State is OrderState.Packed ? (await flow.MoveAsync(tx, order.Id, OrderTrigger.Ship, courier, numbers, ct)).Error : null;
        if (refusal is null && order.State is (OrderState.Packed or OrderState.Shipped) && parcels.TrueForAll(p => p.Status is ParcelStatus.Signed))
            refusal = (await flow.MoveAsync(tx, order.Id, OrderTrigger.Sign, courier, numbers, ct)).Error;
        return refusal is null ? null : (refusal.Text, false);
    }
}
