namespace OrderHub.Catalog.Contracts;

/// <summary>Master data as a consistent snapshot in memory; at once after a change on this host, within a second after one on another.</summary>
public interface ICatalog
{
    ValueTask<CatalogSnapshot> CurrentAsync(CancellationToken ct);
}

public sealed record Sku(int Id, string Code, string Name, string Spec, string Category, string Barcode, int WeightGrams, long CostFen, long FloorPriceFen, string? PictureUrl,
    IReadOnlyList<KitPart> Parts)
{
    /// <summary>Of one packed piece, in cubic centimetres; 0 = unknown.</summary>
    public int VolumeCm3 { get; init; }

    public bool IsKit => Parts.Count > 0;
}

/// <summary>A kit is sold as one SKU and reserved, picked and shipped as its parts.</summary>
public sealed record KitPart(int SkuId, int Quantity);

public enum ShopKind
{
    Taobao = 1, Jd = 2, Pinduoduo = 3, Douyin = 4, Mall = 5,
    WeChat = 6,
    Kuaishou = 7,
}

/// <summary>When an order takes stock from the pool.</summary>
public enum LockPolicy { OnOrder = 1, OnPayment = 2 }

/// <param name="PlatformFeeBasisPoints">Commission on what the buyer paid: 60 means 0.60 %.</param>
/// <param name="UnpaidHoldHours">An unpaid order gives its stock back after this time.</param>
public sealed record Shop(int Id, string Code, string Name, ShopKind Kind, LockPolicy LockPolicy, int UnpaidHoldHours, int PlatformFeeBasisPoints, bool Active)
{
    public const int UsualShipHours = 48;

    /// <summary>Orders leave within so many hours where the platform gives no deadline of its own.</summary>
    public int ShipHours { get; init; } = UsualShipHours;

    /// <summary>Counts from the payment, before it from placing.</summary>
    public DateTimeOffset ShipBy(DateTimeOffset createdAt, DateTimeOffset? paidAt) => (paidAt ?? createdAt).AddHours(ShipHours);
}

public sealed class CatalogSnapshot
{
    private readonly Dictionary<int, Sku> _skus;
    private readonly Dictionary<string, Sku> _byCode;
    private readonly Dictionary<string, Sku> _byBarcode;
    private readonly Dictionary<int, Shop> _shops;
    private readonly Dictionary<string, Shop> _shopsByCode;
    private readonly Dictionary<(int Shop, string PlatformSku), int> _mappings;

    public CatalogSnapshot(IEnumerable<Sku> skus, IEnumerable<Shop> shops, IEnumerable<(int ShopId, string PlatformSkuId, int SkuId)> mappings)
    {
        _skus = skus.ToDictionary(s => s.Id);
        _byCode = _skus.Values.ToDictionary(s => s.Code, StringComparer.OrdinalIgnoreCase);
        _byBarcode = _skus.Values.Where(s => s.Barcode.Length > 0).ToDictionary(s => s.Barcode, StringComparer.Ordinal);
        _shops = shops.ToDictionary(s => s.Id);
        _shopsByCode = _shops.Values.ToDictionary(s => s.Code, StringComparer.OrdinalIgnoreCase);
        _mappings = mappings.ToDictionary(m => (m.ShopId, m.PlatformSkuId), m => m.SkuId);
    }

    public IReadOnlyCollection<Sku> Skus => _skus.Values;
    public IReadOnlyCollection<Shop> Shops => _shops.Values;
    public Sku? Sku(int id) => _skus.GetValueOrDefault(id);
    public Sku? SkuByCode(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);
    public Sku? SkuByBarcode(string? barcode) => barcode is null ? null : _byBarcode.GetValueOrDefault(barcode);
    public Shop? Shop(int id) => _shops.GetValueOrDefault(id);
    public Shop? ShopByCode(string? code) => code is null ? null : _shopsByCode.GetValueOrDefault(code);

    /// <summary>What a platform's line means to us: an explicit mapping of its SKU id first, the merchant code second, else unknown.</summary>
    public Sku? Resolve(int shopId, string? platformSkuId, string? merchantCode) =>
        platformSkuId is not null && _mappings.TryGetValue((shopId, platformSkuId), out var mapped) ? Sku(mapped) : SkuByCode(merchantCode);
}
