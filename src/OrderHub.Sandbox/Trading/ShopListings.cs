using System.Text;

namespace OrderHub.Sandbox.Trading;

/// <summary>The products as each platform lists them. Platform ids are derived from the SKU code, so a restart keeps them.</summary>
internal sealed class ShopListings
{
    private readonly Dictionary<string, SandboxListing>[] _bySku;
    private readonly Dictionary<long, SandboxListing>[] _byPlatformSku;
    private readonly IReadOnlyList<SandboxListing>[] _lists;

    public ShopListings(IReadOnlyList<SandboxProduct> products)
    {
        var platforms = Enum.GetValues<SandboxPlatform>();
        _bySku = [.. platforms.Select(_ => new Dictionary<string, SandboxListing>())];
        _byPlatformSku = [.. platforms.Select(_ => new Dictionary<long, SandboxListing>())];
        _lists = [.. platforms.Select(platform => List(platform, products))];
    }

    public IReadOnlyList<SandboxListing> Of(SandboxPlatform platform) => _lists[(int)platform];

    public SandboxListing? Find(SandboxPlatform platform, string skuCode) => _bySku[(int)platform].GetValueOrDefault(skuCode);

    public SandboxListing? FindById(SandboxPlatform platform, long platformSkuId) => _byPlatformSku[(int)platform].GetValueOrDefault(platformSkuId);

    public SandboxListing? FindByProduct(SandboxPlatform platform, long productId) => FindById(platform, productId + SkuOffset);

    /// <summary>A product that is not in the shop's list, as after a delisting: it has ids nobody can look up.</summary>
    public static SandboxListing Unlisted(SandboxPlatform platform, string skuCode) =>
        Listing(platform, new SandboxProduct(skuCode, "已下架商品 " + skuCode, "默认", 1000, ""), Spread(platform, skuCode));

    private const long SkuOffset = 500_000_000_000;

    private List<SandboxListing> List(SandboxPlatform platform, IReadOnlyList<SandboxProduct> products)
    {
        var list = new List<SandboxListing>(products.Count);
        foreach (var product in products)
        {
            var id = Spread(platform, product.SkuCode);
            while (_byPlatformSku[(int)platform].ContainsKey(Listing(platform, product, id).PlatformSkuId)) id++;
            var listing = Listing(platform, product, id);
            _bySku[(int)platform].Add(product.SkuCode, listing);
            _byPlatformSku[(int)platform].Add(listing.PlatformSkuId, listing);
            list.Add(listing);
        }
        return list;
    }

    private static SandboxListing Listing(SandboxPlatform platform, SandboxProduct product, long spread)
    {
        var productId = platform switch
        {
            SandboxPlatform.Taobao => 680_000_000_000,
            SandboxPlatform.Jd => 100_000_000_000,
            SandboxPlatform.Pinduoduo => 600_000_000_000,
            SandboxPlatform.Douyin => 3_500_000_000_000_000_000,
            _ => 10_000_000_000_000,
        } + spread;
        return new(product.SkuCode, productId, productId + SkuOffset, product);
    }

    private static long Spread(SandboxPlatform platform, string skuCode) => (long)(StableHash.Of($"{platform}/{skuCode}") % 99_000_000_000);
}

/// <summary>FNV-1a: the same on every machine and in every run, unlike string.GetHashCode.</summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 1099511628211UL;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15UL >> 1;
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public static double Fraction(string text) => Of(text) % 1_000_000 / 1_000_000d;
}
