using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.Tracking;

/// <summary>What the provider needs to know about a parcel.</summary>
internal sealed class ReadTracked(IOrderReader orders, IFulfilmentNetwork network)
{
    /// <returns>Null for a courier the provider does not know.</returns>
    public async Task<TrackedParcel?> OfAsync(Parcel parcel, CancellationToken ct)
    {
        if (CourierNames.OfKuaidi100(parcel.CourierCode) is not { } company) return null;
        var from = (await network.CurrentAsync(ct)).Warehouse(parcel.WarehouseId);
        var to = (await orders.FindAsync(parcel.OrderId, ct))?.Receiver;
        return new(company, parcel.WaybillNo, from is null ? "" : from.Province + from.City, to is null ? "" : to.Province + to.City + to.District,
            to is null ? "" : PrivacyMask.LastFour(to.Phone));
    }
}
