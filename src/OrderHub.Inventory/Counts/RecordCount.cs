using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Counts;

/// <param name="CountedAt">When the pieces were counted; null = now. Counting again replaces the figure.</param>
internal sealed record CountedSku(string No, int LineNo, int Quantity, DateTimeOffset? CountedAt = null);

/// <summary>
/// Notes what was counted and, unseen by the counter, what the ledger says of that very moment: on hand now less all that moved since,
/// read under the SKU's lock. So sales while people count, and counts written down later, distort nothing.
/// </summary>
internal sealed class RecordCountHandler(DocumentBook book, IStockPool pool, CurrentActor current, TimeProvider clock)
{
    public Task<Result<string>> RecordAsync(CountedSku counted, CancellationToken ct) => book.ChangeAsync(counted.No, null, "inventory.counted", null, async (tx, document) =>
    {
        if (document is not { Kind: DocumentKind.Count, State: DocumentState.Open }) return InventoryErrors.WrongStep(document.No);
        if (document.Lines.FirstOrDefault(l => l.LineNo == counted.LineNo) is not { } line) return InventoryErrors.LineUnknown(document.No);
        if (counted.Quantity < 0) return InventoryErrors.NegativeCount;
        await pool.LockAsync(tx, [line.SkuId], [], ct);
        var now = clock.GetUtcNow();
        var at = counted.CountedAt ?? now;
        if (at > now || at < document.CreatedAt) return InventoryErrors.CountedInFuture;
        (line.Quantity, line.CountedAt, line.CountedBy) = (counted.Quantity, at, current.Actor.Name);
        line.SystemQuantity = await OnHandAsync(tx, line.SkuId, document.WarehouseId, at, ct);
        return null;
    }, ct);

    private static async Task<int> OnHandAsync(HubTransaction tx, int skuId, int warehouseId, DateTimeOffset at, CancellationToken ct) => (await tx.QueryAsync("""
        select coalesce((select on_hand from inventory_stock where sku_id = $1 and warehouse_id = $2), 0)
             - coalesce((select sum(delta) from inventory_movements where sku_id = $1 and warehouse_id = $2 and bucket = $4 and at > $3), 0)::int
        """, r => r.GetInt32(0), ct, skuId, warehouseId, at, (short)Bucket.OnHand))[0];
}
