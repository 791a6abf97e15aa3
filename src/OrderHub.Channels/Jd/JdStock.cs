using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

internal static class JdStock
{
    private const string WholeQuantity = "fullStockIn";
    private const int ReadsAtOnce = 4;

    /// <summary>One call may succeed for some SKUs and fail for others, so the row is read, not only the head.</summary>
    public static async Task SetAsync(JdClient client, ShopConnection shop, Listing listing, int quantity, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.ware.stock.sku.set", new Dictionary<string, object>
        {
            ["req"] = new Dictionary<string, object>
            {
                ["updateModel"] = WholeQuantity,
                ["stockRfId"] = $"{listing.PlatformSkuId}-{now.ToUnixTimeMilliseconds()}",
                ["skuStocks"] = new[] { new Dictionary<string, object> { ["skuId"] = listing.PlatformSkuId, ["stockNum"] = quantity } },
            },
        }, ct);
        PlatformHttp.Read(answer, a =>
        {
            var result = a.NeedObject("returnType");
            foreach (var row in result.Find("obj")?.Items("updateStockResult") ?? []) JdErrors.Check(row);
            return JdErrors.Checked(result);
        });
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
}
