using Microsoft.EntityFrameworkCore;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.Warehousing.Parcels;

/// <summary>What the order's page and its JSON tell of its parcels: oldest first, without voided waybills, each journey newest first.</summary>
internal sealed class ReadOrderParcels(OrderHubDbContext db) : IOrderDetailSource
{
    public string Name => "parcels";

    public async Task<object?> ReadAsync(long orderId, CancellationToken ct) => await HandleAsync(orderId, ct) is { Count: > 0 } parcels ? parcels : null;

    public async Task<IReadOnlyList<OrderParcel>> HandleAsync(long orderId, CancellationToken ct)
    {
        orderId = await db.CarrierOfAsync(orderId, ct);
        var parcels = await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderId == orderId && p.Status != ParcelStatus.Voided).OrderBy(p => p.Id).ToListAsync(ct);
        var ids = parcels.ConvertAll(p => p.Id);
        var tracks = (await db.Set<Track>().AsNoTracking().Where(t => ids.Contains(t.ParcelId)).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).ToListAsync(ct))
            .ToLookup(t => t.ParcelId, t => new ParcelTrack(t.At, t.Status, t.Context));
        return parcels.ConvertAll(p => new OrderParcel(p.Id, p.Part, p.CourierCode, p.WaybillNo, p.RouteCode, p.Status.Code(), p.PackedAt, p.PickedUpAt, p.SignedAt, [.. tracks[p.Id]]));
    }
}

/// <param name="Status">As in <see cref="Contracts.ParcelView"/>.</param>
/// <param name="RouteCode">The courier's three-segment code; empty where he gives none.</param>
internal sealed record OrderParcel(long Id, short Part, string CourierCode, string WaybillNo, string RouteCode, string Status, DateTimeOffset PackedAt, DateTimeOffset? PickedUpAt,
    DateTimeOffset? SignedAt, IReadOnlyList<ParcelTrack> Tracks);

/// <param name="Status">The courier's code or word, as he gave it.</param>
internal sealed record ParcelTrack(DateTimeOffset At, string Status, string Context);
