using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Flow;

/// <summary>Lines that had no SKU when they came in. Joins the caller's transaction; the order's row must be locked in it.</summary>
internal static class UnmappedLines
{
    /// <summary>Looks them up once more and weighs the order again.</summary>
    /// <returns>Titles of lines that still have no SKU.</returns>
    public static async Task<List<string>> ResolveAsync(HubTransaction tx, long orderId, int shopId, CatalogSnapshot catalog, CancellationToken ct)
    {
        var lines = await tx.QueryAsync("select line_no, platform_sku_id, merchant_code, title from orders_lines where order_id = $1 and sku_id is null order by line_no",
            r => (No: r.GetInt16(0), PlatformSku: r.Text(1), Code: r.Text(2), Title: r.GetString(3)), ct, orderId);
        var unmapped = new List<string>();
        foreach (var line in lines)
            if (catalog.Resolve(shopId, line.PlatformSku, line.Code) is { } sku) await SetAsync(tx, orderId, line.No, sku, ct);
            else unmapped.Add(line.Title);
        await WeighAsync(tx, orderId, catalog, ct);
        return unmapped;
    }

    /// <returns>False when the line has a SKU already, or is not there.</returns>
    public static async Task<bool> SetAsync(HubTransaction tx, long orderId, int lineNo, Sku sku, CancellationToken ct) =>
        await tx.ExecuteAsync("update orders_lines set sku_id = $3 where order_id = $1 and line_no = $2 and sku_id is null", ct, orderId, lineNo, sku.Id) == 1;

    private static async Task WeighAsync(HubTransaction tx, long orderId, CatalogSnapshot catalog, CancellationToken ct)
    {
        var lines = await tx.QueryAsync("select sku_id, quantity from orders_lines where order_id = $1 and sku_id is not null", r => (Sku: r.GetInt32(0), Quantity: r.GetInt32(1)), ct, orderId);
        var grams = lines.Sum(l => (catalog.Sku(l.Sku)?.WeightGrams ?? 0) * Math.Clamp(l.Quantity, 0, 10_000));
        await tx.ExecuteAsync("update orders_orders set weight_grams = $2 where id = $1 and weight_grams <> $2", ct, orderId, grams);
    }
}
