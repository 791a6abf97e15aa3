using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Handover;

/// <summary>Packed parcels the courier does not have yet, by courier.</summary>
internal sealed class ListWaiting(OrderHubDbContext db, IFulfilmentNetwork network, CurrentActor current)
{
    public async Task<IReadOnlyList<WaitingCourier>> AtAsync(int warehouseId, CancellationToken ct)
    {
        if (current.RefuseOutside(warehouseId) is not null) return [];
        var places = await network.CurrentAsync(ct);
        var waiting = await db.Set<Parcel>().AsNoTracking().Where(p => p.WarehouseId == warehouseId && p.Status == ParcelStatus.Packed)
            .GroupBy(p => p.CourierCode).Select(g => new { Code = g.Key, Count = g.Count(), Oldest = g.Min(p => p.PackedAt) }).OrderBy(g => g.Code).ToListAsync(ct);
        return [.. waiting.Select(w => new WaitingCourier(w.Code, places.CourierByCode(w.Code)?.Name ?? w.Code, w.Count, w.Oldest))];
    }
}

internal sealed record WaitingCourier(string Code, string Name, int Count, DateTimeOffset Oldest);
