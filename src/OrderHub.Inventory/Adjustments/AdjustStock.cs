using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

/// <summary>One SKU's adjustment for programs: an adjustment document of one line, posted at once up to the limit and waiting for a second person above it.</summary>
internal sealed class AdjustStock(HubDatabase database, ICatalog catalog, DocumentBook book, ApprovalLimit limit) : IStockAdjustments
{
    public async Task<Result<AdjustmentOutcome>> AdjustAsync(StockAdjustment adjustment, Actor actor, CancellationToken ct)
    {
        if (adjustment.Delta == 0) return InventoryErrors.NothingToAdjust;
        if (string.IsNullOrWhiteSpace(adjustment.Reason)) return InventoryErrors.ReasonMissing;
        if (string.IsNullOrWhiteSpace(adjustment.IdempotencyKey) || adjustment.IdempotencyKey.Length > 100) return InventoryErrors.KeyInvalid;
        if ((await catalog.CurrentAsync(ct)).Sku(adjustment.SkuId) is not { } sku) return InventoryErrors.SkuUnknown(adjustment.SkuId);
        if (sku.IsKit) return InventoryErrors.KitHasNoStock(sku.Code);

        return await database.RunAsync<Result<AdjustmentOutcome>>(async tx =>
        {
            await DocumentBook.OnceAsync(tx, adjustment.IdempotencyKey, ct);
            var earlier = await tx.QueryAsync("""
                select d.kind, l.sku_id, d.warehouse_id, l.quantity, d.no, d.state from inventory_documents d join inventory_document_lines l on l.document_id = d.id and l.line_no = 1 where d.key = $1
                """, r => (What: ((DocumentKind)r.GetInt16(0), r.GetInt32(1), r.GetInt32(2), r.Nullable<int>(3)), No: r.GetString(4), State: (DocumentState)r.GetInt16(5)), ct, adjustment.IdempotencyKey);
            if (earlier is [var known, ..])
                return known.What == (DocumentKind.Adjustment, sku.Id, adjustment.WarehouseId, adjustment.Delta)
                    ? await OutcomeAsync(tx, known.No, known.State, adjustment, ct)
                    : InventoryErrors.KeyUsedOtherwise(adjustment.IdempotencyKey);

            var document = await book.AddAsync(tx, DocumentKind.Adjustment, null, adjustment.WarehouseId, actor, ct, null, adjustment.IdempotencyKey, "", adjustment.Reason, [new DocumentLine { SkuId = sku.Id, Quantity = adjustment.Delta }]);
            if (await limit.PostOrWaitAsync(tx, document, actor, ct) is { } refusal) return refusal;
            await book.SaveAsync(tx, document, document.State == DocumentState.Waiting ? "inventory.document_opened" : "inventory.adjusted", adjustment.Reason, actor, ct);
            return await OutcomeAsync(tx, document.No, document.State, adjustment, ct);
        }, ct);
    }

    private static async Task<Result<AdjustmentOutcome>> OutcomeAsync(HubTransaction tx, string no, DocumentState state, StockAdjustment adjustment, CancellationToken ct)
    {
        if (state is not (DocumentState.Done or DocumentState.Waiting)) return InventoryErrors.AdjustmentTurnedDown(no);
        var row = (await tx.QueryAsync($"select {Stock.StockColumns.All} from inventory_stock where sku_id = $1 and warehouse_id = $2", Stock.StockColumns.Read, ct, adjustment.SkuId, adjustment.WarehouseId))
            .FirstOrDefault() ?? new StockRow(adjustment.SkuId, adjustment.WarehouseId, 0, 0, 0, 0, 0);
        return new AdjustmentOutcome(no, state == DocumentState.Waiting, row);
    }
}
