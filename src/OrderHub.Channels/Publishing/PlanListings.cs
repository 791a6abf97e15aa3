using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Publishing;

/// <summary>What a listing should show now, and why.</summary>
/// <param name="Published">What its buyers were last shown; null = nothing yet.</param>
/// <param name="Available">Pieces of the SKU in all warehouses; kits: what the scarcest part makes.</param>
/// <param name="Released">What the pool lets the channels see of them.</param>
/// <param name="Rule">The rule that decided; null = no rule, everything released is shown.</param>
internal sealed record ListingPlan(long ListingId, int ShopId, Sku Sku, Listing Listing, int? Published, int Available, int Released, PublishRule? Rule)
{
    public int Target { get; } = (Rule?.Terms ?? PublishTerms.Everything).Of(Released);
}

/// <summary>Works out what listings should show, with three statements however many they are.</summary>
internal sealed class PlanListings(HubDatabase database, ICatalog catalog, IStockReader stock)
{
    private const string Select = "select id, shop_id, sku_id, merchant_code, platform_product_id, platform_sku_id, published_quantity from channels_listings";

    private sealed record Row(long Id, int ShopId, int SkuId, Listing Listing, int? Published);

    /// <returns>Absent: a listing that is gone, or whose SKU is.</returns>
    public Task<IReadOnlyList<ListingPlan>> OfListingsAsync(IReadOnlyCollection<long> listingIds, CancellationToken ct) => PlanAsync(Select + " where id = any($1)", ct, listingIds.ToArray());

    public Task<IReadOnlyList<ListingPlan>> OfSkusAsync(IReadOnlyCollection<int> skuIds, CancellationToken ct) => PlanAsync(Select + " where sku_id = any($1) order by shop_id, id", ct, skuIds.ToArray());

    private async Task<IReadOnlyList<ListingPlan>> PlanAsync(string sql, CancellationToken ct, Array ids)
    {
        var rows = await database.QueryAsync(sql, r => new Row(r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), new(r.GetString(4), r.GetString(5), r.GetString(3)), r.Nullable<int>(6)), ct, ids);
        if (rows.Count == 0) return [];
        var snapshot = await catalog.CurrentAsync(ct);
        var skus = rows.Select(r => r.SkuId).Distinct().Select(snapshot.Sku).OfType<Sku>().ToDictionary(s => s.Id);
        var publishable = (await stock.PublishableAsync([.. skus.Values.SelectMany(PoolSkusOf).Distinct()], ct)).ToDictionary(p => p.SkuId);
        var rules = await RulesAsync([.. rows.Select(r => r.ShopId).Distinct()], [.. skus.Keys], ct);
        return [.. rows.Where(r => skus.ContainsKey(r.SkuId)).Select(r =>
        {
            var sku = skus[r.SkuId];
            return new ListingPlan(r.Id, r.ShopId, sku, r.Listing, r.Published, Makes(sku, id => publishable.GetValueOrDefault(id)?.For(r.ShopId).Available ?? 0),
                Makes(sku, id => publishable.GetValueOrDefault(id)?.For(r.ShopId).Publish ?? 0), rules.For(r.ShopId, r.SkuId));
        })];
    }

    private static IEnumerable<int> PoolSkusOf(Sku sku) => sku.IsKit ? sku.Parts.Select(p => p.SkuId) : [sku.Id];

    /// <summary>A kit is as many as its scarcest part makes.</summary>
    internal static int Makes(Sku sku, Func<int, int> pieces) => Math.Max(0, sku.IsKit ? sku.Parts.Min(p => pieces(p.SkuId) / p.Quantity) : pieces(sku.Id));

    private async Task<RuleBook> RulesAsync(int[] shopIds, int[] skuIds, CancellationToken ct) => new(await database.QueryAsync($"""
        {ReadPublishRules.Select} where shop_id is null or (shop_id = any($1) and (sku_id is null or sku_id = any($2)))
        """, ReadPublishRules.Row, ct, shopIds, skuIds));
}
