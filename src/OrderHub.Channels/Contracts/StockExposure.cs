namespace OrderHub.Channels.Contracts;

/// <summary>How much more the shops show together than there is; for dashboards.</summary>
public interface IStockExposure
{
    /// <summary>
    /// Oversell exposure = max(0, Σ published − available) per base SKU, over all shops. A kit's published sets count as the pieces of each of
    /// its parts, since a sold kit takes them from the same pool; kits have no row of their own. Published is what buyers were last shown.
    /// </summary>
    /// <param name="most">Rows at most, the largest exposure first; the totals are over all SKUs.</param>
    Task<OversellExposure> ReadAsync(int most, CancellationToken ct);
}

/// <param name="Pieces">Σ over the exposed SKUs.</param>
/// <param name="Skus">How many SKUs are exposed.</param>
public sealed record OversellExposure(long Pieces, int Skus, IReadOnlyList<ExposedSku> Rows);

/// <param name="Published">Pieces promised by all listings, kits' parts included.</param>
/// <param name="Listings">How many listings promise them.</param>
public sealed record ExposedSku(int SkuId, string SkuCode, string Name, int Available, long Published, int Listings)
{
    public long Exposure => Math.Max(0, Published - Available);
}
