using Microsoft.EntityFrameworkCore;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.Parcels;

internal static class ParcelsOfOrder
{
    /// <summary>The order's parcels that count, their rows locked. Lock the order first.</summary>
    public static Task<List<Parcel>> LockParcelsAsync(this HubTransaction tx, long orderId, CancellationToken ct) => tx.Context.Set<Parcel>()
        .FromSql($"select * from warehousing_parcels where order_id = {orderId} and status <> 9 order by id for update").ToListAsync(ct);

    /// <summary>Takes back the waybills of boxes on our bench. A box the courier has stays what it is: its journey must still be seen.</summary>
    public static async Task VoidParcelsAsync(this HubTransaction tx, long orderId, string reason, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var parcel in await tx.LockParcelsAsync(orderId, ct))
            if (parcel.Status is ParcelStatus.Packed) parcel.Void(reason, now);
    }
}

internal sealed class ReadParcels(OrderHubDbContext db) : IParcelReader, IOrderLookup
{
    public async Task<IReadOnlyList<long>> FindAsync(string number, CancellationToken ct) =>
        await db.Set<Parcel>().AsNoTracking().Where(p => p.WaybillNo == number).Select(p => p.OrderId).Distinct().ToListAsync(ct);

    public async Task<IReadOnlyList<ParcelView>> OfOrderAsync(long orderId, CancellationToken ct) =>
        [.. (await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderId == orderId && p.Status != ParcelStatus.Voided).OrderBy(p => p.Id)
                .Select(p => new { p.Id, p.CourierCode, p.WaybillNo, p.Status }).ToListAsync(ct))
            .Select(p => new ParcelView(p.Id, p.CourierCode, p.WaybillNo, p.Status.Code()))];
}
