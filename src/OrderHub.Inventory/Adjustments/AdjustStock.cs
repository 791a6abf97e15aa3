using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Settings;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

/// <summary>One SKU's adjustment for programs: an adjustment document of one line, posted at once. People above the limit are sent to the page, where it is approved.</summary>
internal sealed class AdjustStock(HubDatabase database, ICatalog catalog, DocumentBook book, PostStock stock, ReadSettings settings, TimeProvider clock) : IStockAdjustments
{
    public async Task<Result<StockRow>> AdjustAsync(StockAdjustment adjustment, Actor actor, CancellationToken ct)
    {
        if (adjustment.Delta == 0) return InventoryErrors.NothingToAdjust;
        if (string.IsNullOrWhiteSpace(adjustment.Reason)) return InventoryErrors.ReasonMissing;
        if (string.IsNullOrWhiteSpace(adjustment.IdempotencyKey) || adjustment.IdempotencyKey.Length > 100) return InventoryErrors.KeyInvalid;
        if ((await catalog.CurrentAsync(ct)).Sku(adjustment.SkuId) is not { } sku) return InventoryErrors.SkuUnknown(adjustment.SkuId);
        if (sku.IsKit) return InventoryErrors.KitHasNoStock(sku.Code);
        if (actor.UserId is not null && (await settings.ReadAsync(ct)).PiecesWithoutApproval is var limit && Math.Abs((long)adjustment.Delta) > limit) return InventoryErrors.NeedsApproval(limit);

        return await database.RunAsync<Result<StockRow>>(async tx =>
        {
            await DocumentBook.OnceAsync(tx, adjustment.IdempotencyKey, ct);
            var earlier = await tx.QueryAsync("""
                select l.sku_id, d.warehouse_id, l.quantity from inventory_documents d join inventory_document_lines l on l.document_id = d.id and l.line_no = 1 where d.key = $1
                """, r => (Sku: r.GetInt32(0), Warehouse: r.GetInt32(1), Delta: r.Nullable<int>(2)), ct, adjustment.IdempotencyKey);
            if (earlier.Count > 0)
                return earlier[0] == (sku.Id, adjustment.WarehouseId, adjustment.Delta)
                    ? await RowAsync(tx, sku.Id, adjustment.WarehouseId, ct)
                    : InventoryErrors.KeyUsedOtherwise(adjustment.IdempotencyKey);

            var document = await book.AddAsync(tx, DocumentKind.Adjustment, null, adjustment.WarehouseId, actor, ct, null, adjustment.IdempotencyKey, "", adjustment.Reason, [new DocumentLine { SkuId = sku.Id, Quantity = adjustment.Delta }]);
            document.Finish(clock.GetUtcNow());
            if ((await stock.PostAsync(tx, OpenAdjustmentHandler.PostingOf(document, actor), ct)).Error is { } refusal) return refusal;
            await book.SaveAsync(tx, document, "inventory.adjusted", adjustment.Reason, actor, ct);
            return await RowAsync(tx, sku.Id, adjustment.WarehouseId, ct);
        }, ct);
    }

    private static async Task<StockRow> RowAsync(HubTransaction tx, int skuId, int warehouseId, CancellationToken ct) =>
        (await tx.QueryAsync($"select {Stock.StockColumns.All} from inventory_stock where sku_id = $1 and warehouse_id = $2", Stock.StockColumns.Read, ct, skuId, warehouseId))
        .FirstOrDefault() ?? new StockRow(skuId, warehouseId, 0, 0, 0, 0, 0);
}
