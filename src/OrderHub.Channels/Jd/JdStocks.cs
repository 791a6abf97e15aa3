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

    /// <summary>
    /// One call may succeed for some SKUs and fail for others, so the rows are read; the head speaks only where there are none. Rows are
    /// known by their SKU, or by their place where every SKU has one.
    /// </summary>
    public static IReadOnlyList<PlatformException?> Outcomes(JsonReading answer, IReadOnlyList<StockLevel> levels) => PlatformHttp.Read<IReadOnlyList<PlatformException?>>(answer, a =>
    {
        var result = a.NeedObject("returnType");
        var rows = result.Find("obj")?.Items("updateStockResult") ?? [];
        if (rows.Count == 0)
        {
            JdErrors.Check(result);
            return new PlatformException?[levels.Count];
        }
        var bySku = rows.DistinctBy(r => r.Text("data")).ToDictionary(r => r.Text("data"));
        return [.. levels.Select((level, i) => bySku.TryGetValue(level.Listing.PlatformSkuId, out var row) ? RefusalOf(row)
            : rows.Count == levels.Count ? RefusalOf(rows[i]) : PlatformHttp.Incomplete(level.Listing.PlatformSkuId))];
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
