namespace OrderHub.Warehousing.Contracts;

/// <summary>Parcels for the modules above: write-back to the platform, order pages, the outside API.</summary>
public interface IParcelReader
{
    /// <summary>The order's parcels, oldest first; voided waybills are not among them.</summary>
    Task<IReadOnlyList<ParcelView>> OfOrderAsync(long orderId, CancellationToken ct);
}

/// <param name="CourierCode">Ours: SF, YTO, ZTO, STO, YUNDA, EMS, JD, JITU, DBL.</param>
/// <param name="Status">PACKED, HANDED_OVER, PICKED_UP, SIGNED or RETURNING.</param>
public sealed record ParcelView(long Id, string CourierCode, string WaybillNo, string Status)
{
    /// <summary>Which pieces of the order's lines are in it. Empty: the order travels in one parcel, or the content was not recorded.</summary>
    public IReadOnlyList<ParcelLine> Lines { get; init; } = [];
}

/// <param name="LineNo">Of the order.</param>
public sealed record ParcelLine(int LineNo, int Quantity);
