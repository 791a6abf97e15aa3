using OrderHub.Platform.Accounts;

namespace OrderHub.Catalog.Contracts;

/// <summary>Brings master data in, by code: known codes are updated, new ones added, none removed. Running it again changes nothing. Opens its own transaction.</summary>
public interface ICatalogImport
{
    Task UpsertSkusAsync(IReadOnlyList<SkuImport> skus, Actor actor, CancellationToken ct);
    Task UpsertShopsAsync(IReadOnlyList<ShopImport> shops, Actor actor, CancellationToken ct);

    /// <summary>Says which SKU of ours a platform's SKU id means, for shops where the merchant code does not tell. Unknown codes are ignored.</summary>
    Task MapAsync(string shopCode, IReadOnlyDictionary<string, string> skuCodeByPlatformSkuId, Actor actor, CancellationToken ct);
}

/// <param name="Parts">SKU code → pieces; a kit's parts must be imported before it.</param>
/// <param name="VolumeCm3">Of one packed piece, in cubic centimetres; null = what is known of it stays.</param>
public sealed record SkuImport(string Code, string Name, string Spec, string Category, string Barcode, int WeightGrams, long CostFen, long FloorPriceFen, string? PictureUrl = null,
    IReadOnlyDictionary<string, int>? Parts = null, int? VolumeCm3 = null);

public sealed record ShopImport(string Code, string Name, ShopKind Kind, LockPolicy LockPolicy, int UnpaidHoldHours, int PlatformFeeBasisPoints)
{
    /// <summary>Null = what is known of it stays.</summary>
    public int? ShipHours { get; init; }
}
