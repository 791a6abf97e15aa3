namespace OrderHub.Inventory.Contracts;

/// <summary>
/// Stock of the locked SKUs, and what planning takes from it. Where shops have quotas, each shop sees its own and the shared rest.
/// Not thread-safe; lives as long as the transaction.
/// </summary>
public sealed class StockPicture(IReadOnlyDictionary<(int SkuId, int WarehouseId), int> available, IReadOnlyList<QuotaLeft>? quotas = null)
{
    private readonly Dictionary<(int SkuId, int WarehouseId), int> _available = new(available);
    private readonly QuotaBook? _quotas = quotas is { Count: > 0 } ? new(quotas) : null;

    /// <summary>On hand − reserved − frozen, less what was taken from this picture and what is set aside for other shops.</summary>
    /// <param name="shopId">0 = a taker without a shop: the shared stock only.</param>
    public int Available(int skuId, int warehouseId, int shopId = 0)
    {
        var here = _available.GetValueOrDefault((skuId, warehouseId));
        if (_quotas is null || !_quotas.Knows(skuId)) return here;
        var free = Math.Max(0, here - _quotas.SetAsideAt(skuId, warehouseId, shopId));
        return _quotas.SetAsideAnywhere(skuId, shopId) == 0 ? free : Math.Min(free, AvailableEverywhere(skuId, shopId));
    }

    public int AvailableEverywhere(int skuId, int shopId = 0)
    {
        var places = _available.Where(p => p.Key.SkuId == skuId);
        if (_quotas is null || !_quotas.Knows(skuId)) return places.Sum(p => p.Value);
        return Math.Max(0, places.Sum(p => Math.Max(0, p.Value - _quotas.SetAsideAt(skuId, p.Key.WarehouseId, shopId))) - _quotas.SetAsideAnywhere(skuId, shopId));
    }

    /// <summary>For trying things out: what is taken from the copy stays here.</summary>
    public StockPicture Copy() => new(_available, _quotas?.Left());

    /// <exception cref="InvalidOperationException">More than is there for this shop: a planning bug, not a shortage.</exception>
    public void Take(int skuId, int warehouseId, int quantity, int shopId = 0)
    {
        var free = Available(skuId, warehouseId, shopId);
        if (free < quantity) throw new InvalidOperationException($"SKU {skuId} in warehouse {warehouseId}: {quantity} taken, {free} there.");
        _available[(skuId, warehouseId)] = _available.GetValueOrDefault((skuId, warehouseId)) - quantity;
        _quotas?.Draw(skuId, warehouseId, shopId, quantity);
    }
}

/// <summary>A living quota: pieces of a SKU still set aside for one shop.</summary>
/// <param name="WarehouseId">Null = wherever the stock is.</param>
public sealed record QuotaLeft(long Id, int SkuId, int? WarehouseId, int ShopId, int Left);

/// <summary>Quotas in the order they are used: bound to the warehouse before unbound, as given within that.</summary>
internal sealed class QuotaBook
{
    private readonly Dictionary<int, List<Open>> _bySku;

    public QuotaBook(IEnumerable<QuotaLeft> quotas) => _bySku = quotas.GroupBy(q => q.SkuId).ToDictionary(g => g.Key, g => g.Select(q => new Open(q)).ToList());

    public bool Knows(int skuId) => _bySku.ContainsKey(skuId);

    public int SetAsideAt(int skuId, int warehouseId, int exceptShop) => Sum(skuId, exceptShop, q => q.WarehouseId == warehouseId);

    public int SetAsideAnywhere(int skuId, int exceptShop) => Sum(skuId, exceptShop, q => q.WarehouseId is null);

    /// <summary>Uses the shop's own quotas first; what they do not cover comes from the shared stock and is not listed.</summary>
    public IReadOnlyList<(long QuotaId, int Quantity)> Draw(int skuId, int warehouseId, int shopId, int quantity)
    {
        if (!_bySku.TryGetValue(skuId, out var quotas)) return [];
        var drawn = new List<(long, int)>();
        foreach (var open in quotas.Where(o => o.Quota.ShopId == shopId && (o.Quota.WarehouseId ?? warehouseId) == warehouseId).OrderBy(o => o.Quota.WarehouseId is null))
        {
            var part = Math.Min(open.Left, quantity);
            if (part == 0) continue;
            (open.Left, quantity) = (open.Left - part, quantity - part);
            drawn.Add((open.Quota.Id, part));
        }
        return drawn;
    }

    public IReadOnlyList<QuotaLeft> Left() => [.. _bySku.Values.SelectMany(quotas => quotas.Select(o => o.Quota with { Left = o.Left }))];

    private int Sum(int skuId, int exceptShop, Func<QuotaLeft, bool> where) =>
        _bySku.TryGetValue(skuId, out var quotas) ? quotas.Where(o => o.Quota.ShopId != exceptShop && where(o.Quota)).Sum(o => o.Left) : 0;

    private sealed class Open(QuotaLeft quota)
    {
        public QuotaLeft Quota => quota;
        public int Left { get; set; } = quota.Left;
    }
}
