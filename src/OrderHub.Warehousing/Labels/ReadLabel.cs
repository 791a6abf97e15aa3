using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Labels;

/// <summary>What stands on a parcel's label; receiver masked.</summary>
internal sealed class ReadLabel(OrderHubDbContext db, IOrderReader orders, IFulfilmentNetwork network, ICatalog catalog, CurrentActor current)
{
    /// <returns>Null when there is no such parcel here, or its waybill was voided.</returns>
    public async Task<Label?> FindAsync(long parcelId, CancellationToken ct)
    {
        var parcel = await db.Set<Parcel>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == parcelId && p.Status != ParcelStatus.Voided, ct);
        if (parcel is null || current.RefuseOutside(parcel.WarehouseId) is not null || await orders.FindAsync(parcel.OrderId, ct) is not { } order) return null;
        var places = await network.CurrentAsync(ct);
        var skus = await catalog.CurrentAsync(ct);
        var goods = await db.Set<PickTask>().AsNoTracking().Where(t => t.OrderId == parcel.OrderId && t.Part == parcel.Part).SelectMany(t => t.Lines)
            .OrderBy(l => l.SkuId).Select(l => new { l.SkuId, l.Quantity }).ToListAsync(ct);
        var (to, from) = (order.Receiver, places.Warehouse(parcel.WarehouseId));
        return new(parcel.WaybillNo, places.CourierByCode(parcel.CourierCode)?.Name ?? parcel.CourierCode, parcel.RouteCode, parcel.BagPlace,
            $"{PrivacyMask.Name(to.Name)}  {PrivacyMask.Phone(to.Phone)}", to.Province + to.City + to.District + to.Town + to.Address,
            from is null ? "" : $"{from.Name}  {PrivacyMask.Phone(from.ContactPhone)}", from is null ? "" : from.Province + from.City + from.Address,
            new TaskKey(order.Id, parcel.Part).ToString(), parcel.PackedAt, parcel.WeightGrams, [.. goods.Select(g => $"{skus.Sku(g.SkuId)?.Code} × {g.Quantity}")]);
    }
}

/// <param name="Goods">SKU codes and quantities, for the packer's own check; nothing a stranger could read much into.</param>
internal sealed record Label(string WaybillNo, string Courier, string RouteCode, string BagPlace, string Receiver, string ReceiverAddress, string Sender, string SenderAddress,
    string OrderNo, DateTimeOffset PackedAt, int WeightGrams, IReadOnlyList<string> Goods);
