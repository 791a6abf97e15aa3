using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Publishing;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Stock;

/// <param name="Rows">Every open warehouse and every one with stock; empty for a kit.</param>
/// <param name="Publish">For a kit: sets that its parts' publish quantities make.</param>
/// <param name="Parts">Empty unless the SKU is a kit.</param>
internal sealed record SkuStock(Sku Sku, IReadOnlyList<WarehouseStock> Rows, int SafetyStock, int ZeroAtOrBelow, int Publish, IReadOnlyList<PartStock> Parts)
{
    public StockRow Total => new(Sku.Id, 0, Rows.Sum(r => r.Stock.OnHand), Rows.Sum(r => r.Stock.Reserved), Rows.Sum(r => r.Stock.Defective), Rows.Sum(r => r.Stock.Frozen),
        Rows.Sum(r => r.Stock.PurchaseInTransit), Rows.Sum(r => r.Stock.TransferInTransit), Rows.Sum(r => r.Stock.ReturnInTransit));
}

internal sealed record WarehouseStock(WarehouseName Warehouse, StockRow Stock);

/// <param name="PerKit">Pieces in one kit.</param>
internal sealed record PartStock(Sku Sku, int PerKit, int Available, int Publish);

internal sealed class ReadSkuStock(HubDatabase database, ICatalog catalog, IStockReader reader, IWarehouseNames names)
{
    public async Task<Result<SkuStock>> ReadAsync(string code, CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        if (snapshot.SkuByCode(code) is not { } sku) return InventoryErrors.SkuUnknown(code);
        if (sku.IsKit) return await KitAsync(snapshot, sku, ct);

        var stock = (await reader.RowsAsync(sku.Id, ct)).ToDictionary(r => r.WarehouseId);
        var rows = (await names.AllAsync(ct)).Where(w => w.Active || stock.ContainsKey(w.Id))
            .Select(w => new WarehouseStock(w, stock.GetValueOrDefault(w.Id) ?? new StockRow(sku.Id, w.Id, 0, 0, 0, 0, 0))).ToList();
        var rule = (await database.QueryAsync("select safety_stock, zero_at_or_below from inventory_pool where sku_id = $1", r => (Safety: r.GetInt32(0), Zero: r.GetInt32(1)), ct, sku.Id)).FirstOrDefault();
        return new SkuStock(sku, rows, rule.Safety, rule.Zero, PublishQuantity.Of(rows.Sum(r => r.Stock.Available), rule.Safety, rule.Zero), []);
    }

    private async Task<SkuStock> KitAsync(CatalogSnapshot snapshot, Sku kit, CancellationToken ct)
    {
        var stock = (await reader.PublishableAsync([.. kit.Parts.Select(p => p.SkuId)], ct)).ToDictionary(p => p.SkuId);
        var parts = kit.Parts.Select(p => new PartStock(snapshot.Sku(p.SkuId)!, p.Quantity, stock.GetValueOrDefault(p.SkuId)?.Available ?? 0, stock.GetValueOrDefault(p.SkuId)?.Publish ?? 0)).ToList();
        return new SkuStock(kit, [], 0, 0, parts.Min(p => p.Publish / p.PerKit), parts);
    }
}
