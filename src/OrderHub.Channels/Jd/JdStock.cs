using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

internal static class JdStock
{
    private const string WholeQuantity = "fullStockIn";
    private const int ReadsAtOnce = 4;

    /// <returns>Per SKU: why it was not taken, or null.</returns>
    public static async Task<IReadOnlyList<PlatformException?>> SetAsync(JdClient client, ShopConnection shop, IReadOnlyList<StockLevel> levels, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.ware.stock.sku.set", new Dictionary<string, object>
        {
            ["req"] = new Dictionary<string, object>
            {
                ["updateModel"] = WholeQuantity,
                ["stockRfId"] = $"{levels[0].Listing.PlatformSkuId}-{now.ToUnixTimeMilliseconds()}",
                ["skuStocks"] = levels.Select(l => new Dictionary<string, object> { ["skuId"] = l.Listing.PlatformSkuId, ["stockNum"] = l.Quantity }).ToArray(),
            },
        }, ct);
        return PlatformHttp.Read(answer, a => Outcomes(a.NeedObject("returnType"), levels));
    }

    /// <summary>The platform tells one SKU a call.</summary>
    public static async Task<IReadOnlyList<int?>> ReadAsync(JdClient client, ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(ReadsAtOnce, (listing, stop) => ReadOneAsync(client, shop, listing, stop), ct).ToListAsync(ct);

    private static async Task<int?> ReadOneAsync(JdClient client, ShopConnection shop, Listing listing, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.ware.stock.sku.query", new Dictionary<string, object> { ["skuId"] = listing.PlatformSkuId, ["stockModel"] = WholeQuantity }, ct);
        return PlatformHttp.Read(answer, a =>
        {
            var result = a.NeedObject("returnType");
            // there is no code of its own for a SKU that is not the shop's
            return result.Flag("success") ? (int)result.NeedObject("obj").NeedItems("skuStockInfos").Sum(s => s.NeedInteger("stockNum")) : (int?)null;
        });
    }

    /// <summary>
    /// One call may succeed for some SKUs and fail for others, so the rows are read; the head speaks only where there are none. Rows are
    /// known by their SKU, or by their place where every SKU has one.
    /// </summary>
    private static IReadOnlyList<PlatformException?> Outcomes(JsonReading result, IReadOnlyList<StockLevel> levels)
    {
        var rows = result.Find("obj")?.Items("updateStockResult") ?? [];
        if (rows.Count == 0)
        {
            JdErrors.Check(result);
            return new PlatformException?[levels.Count];
        }
        var bySku = rows.DistinctBy(r => r.Text("data")).ToDictionary(r => r.Text("data"));
        return [.. levels.Select((level, i) => bySku.TryGetValue(level.Listing.PlatformSkuId, out var row) ? RefusalOf(row)
            : rows.Count == levels.Count ? RefusalOf(rows[i]) : PlatformHttp.Incomplete(level.Listing.PlatformSkuId))];
    }

    private static PlatformException? RefusalOf(JsonReading row)
    {
        try
        {
            JdErrors.Check(row);
            return null;
        }
        catch (PlatformException refused)
        {
            return refused;
        }
    }
}
