using Microsoft.EntityFrameworkCore;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Parcels;

internal static class ParcelsOfOrder
{
    /// <summary>The order under which its parcel is kept: itself, or the one it was merged into.</summary>
    public static async Task<long> CarrierOfAsync(this OrderHubDbContext db, long orderId, CancellationToken ct)
    {
        var tasks = db.Set<PickTask>().AsNoTracking();
        return await tasks.Where(c => tasks.Any(t => t.OrderId == orderId && t.MergedInto == c.Id)).Select(c => (long?)c.OrderId).FirstOrDefaultAsync(ct) ?? orderId;
    }

    /// <summary>The order's parcels that count, their rows locked. Lock the order first.</summary>
    public static Task<List<Parcel>> LockParcelsAsync(this HubTransaction tx, long orderId, CancellationToken ct) => tx.Context.Set<Parcel>()
        .FromSql($"select * from warehousing_parcels where order_id = {orderId} and status <> 9 order by id for update").ToListAsync(ct);

    /// <summary>Takes back the waybills of boxes on our bench. A box the courier has stays what it is: its journey must still be seen.</summary>
    /// <param name="part">Null = of all parts.</param>
    public static async Task VoidParcelsAsync(this HubTransaction tx, long orderId, string reason, DateTimeOffset now, CancellationToken ct, short? part = null)
    {
        foreach (var parcel in await tx.LockParcelsAsync(orderId, ct))
            if (parcel.Status is ParcelStatus.Packed && (part ?? parcel.Part) == parcel.Part) parcel.Void(reason, now);
    }
}

internal sealed class ReadParcels(OrderHubDbContext db, IOrderReader orders) : IParcelReader, IOrderLookup
{
    /// <summary>All orders whose goods are in it.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(string number, CancellationToken ct)
    {
        var carriers = await db.Set<Parcel>().AsNoTracking().Where(p => p.WaybillNo == number).Select(p => p.OrderId).Distinct().ToListAsync(ct);
        if (carriers.Count == 0) return carriers;
        var tasks = db.Set<PickTask>();
        return [.. carriers, .. await tasks.AsNoTracking().Where(t => tasks.Any(c => c.Id == t.MergedInto && carriers.Contains(c.OrderId))).Select(t => t.OrderId).ToListAsync(ct)];
    }

    public async Task<IReadOnlyList<ParcelView>> OfOrderAsync(long orderId, CancellationToken ct)
    {
        var carrier = await db.CarrierOfAsync(orderId, ct);
        var parcels = await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderId == carrier && p.Status != ParcelStatus.Voided).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Part, p.CourierCode, p.WaybillNo, p.Status }).ToListAsync(ct);
        var parts = parcels.Count > 1 ? (await orders.FindAsync(orderId, ct))?.Parts : null;
        return parcels.ConvertAll(p => new ParcelView(p.Id, p.CourierCode, p.WaybillNo, p.Status.Code())
        {
            Lines = [.. parts?.ElementAtOrDefault(p.Part - 1)?.Lines.Select(l => new ParcelLine(l.LineNo, l.Quantity)) ?? []],
        });
    }
}
