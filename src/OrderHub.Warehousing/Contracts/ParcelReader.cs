namespace OrderHub.Warehousing.Contracts;

/// <summary>Parcels for the modules above: what was packed for an order and under which waybill it travels.</summary>
public interface IParcelReader
{
    Task<IReadOnlyList<ParcelView>> OfOrderAsync(long orderId, CancellationToken ct);
}

public sealed record ParcelView(long Id, string CourierCode, string WaybillNo, string Status);
