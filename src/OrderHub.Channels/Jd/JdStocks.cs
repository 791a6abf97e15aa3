using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>Many SKUs' quantities in one call.</summary>
internal static class JdStocks
{
    public static Dictionary<string, object> Request(IReadOnlyList<StockLevel> levels, DateTimeOffset now) => new()
    {
        ["req"] = new Dictionary<string, object>
        {
            ["updateModel"] = "fullStockIn",
            ["stockRfId"] = $"{levels[0].Listing.PlatformSkuId}-{now.ToUnixTimeMilliseconds()}",
            ["skuStocks"] = levels.Select(l => new Dictionary<string, object> { ["skuId"] = l.Listing.PlatformSkuId, ["stockNum"] = l.Quantity }).ToArray(),
        },
    };

    /// <summary>One call may succeed for some SKUs and fail for others, so the rows are read; the head speaks only where there are none.</summary>
    public static IReadOnlyList<PlatformException?> Outcomes(JsonReading answer, IReadOnlyList<StockLevel> levels) => PlatformHttp.Read<IReadOnlyList<PlatformException?>>(answer, a =>
    {
        var result = a.NeedObject("returnType");
        var rows = (result.Find("obj")?.Items("updateStockResult") ?? []).DistinctBy(r => r.Id("data")).ToDictionary(r => r.Id("data"), RefusalOf);
        if (rows.Count == 0)
        {
            JdErrors.Check(result);
            return new PlatformException?[levels.Count];
        }
        return levels.Select(l => rows.TryGetValue(l.Listing.PlatformSkuId, out var refused) ? refused : PlatformHttp.Incomplete(l.Listing.PlatformSkuId)).ToList();
    });

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
