using OrderHub.Catalog.Contracts;

namespace OrderHub.Allocation.Contracts;

public static class ParcelVolume
{
    /// <summary>What the goods take together, in cubic centimetres. A SKU of unknown volume counts nothing, so the parcel is never billed for more than is known.</summary>
    /// <param name="lines">Per base SKU.</param>
    public static int Of(IReadOnlyList<DemandLine> lines, CatalogSnapshot catalog)
    {
        var cm3 = 0L;
        foreach (var line in lines) cm3 += (long)(catalog.Sku(line.SkuId)?.VolumeCm3 ?? 0) * line.Quantity;
        return (int)Math.Min(cm3, int.MaxValue);
    }
}
