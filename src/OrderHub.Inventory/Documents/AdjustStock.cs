using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

internal sealed class AdjustStock(HubDatabase database, ICatalog catalog, AuditTrail audit, OutboxWriter outbox, TimeProvider clock) : IStockAdjustments
{
    public async Task<Result<StockRow>> AdjustAsync(StockAdjustment adjustment, Actor actor, CancellationToken ct)
    {
        if (adjustment.Delta == 0) return InventoryErrors.NothingToAdjust;
        if (string.IsNullOrWhiteSpace(adjustment.Reason)) return InventoryErrors.ReasonMissing;
        if (string.IsNullOrWhiteSpace(adjustment.IdempotencyKey) || adjustment.IdempotencyKey.Length > 100) return InventoryErrors.KeyInvalid;
        if ((await catalog.CurrentAsync(ct)).Sku(adjustment.SkuId) is not { } sku) return InventoryErrors.SkuUnknown(adjustment.SkuId);
        if (sku.IsKit) return InventoryErrors.KitHasNoStock(sku.Code);

        return await database.RunAsync<Result<StockRow>>(async tx =>
        {
            await tx.ExecuteAsync("insert into inventory_pool (sku_id) values ($1) on conflict do nothing", ct, sku.Id);
            await tx.ExecuteAsync("select 1 from inventory_pool where sku_id = $1 for no key update", ct, sku.Id);
            var earlier = await tx.QueryAsync("select sku_id, warehouse_id, delta from inventory_adjustments where idempotency_key = $1",
                r => (Sku: r.GetInt32(0), Warehouse: r.GetInt32(1), Delta: r.GetInt32(2)), ct, adjustment.IdempotencyKey);
            if (earlier.Count > 0)
                return earlier[0] == (sku.Id, adjustment.WarehouseId, adjustment.Delta)
                    ? await RowAsync(tx, sku.Id, adjustment.WarehouseId, ct)
                    : InventoryErrors.KeyUsedOtherwise(adjustment.IdempotencyKey);

            var before = await RowAsync(tx, sku.Id, adjustment.WarehouseId, ct);
            if (before.Available + adjustment.Delta < 0) return InventoryErrors.NotEnoughStock(sku.Code, -adjustment.Delta, before.Available);
            var now = clock.GetUtcNow();
            // not one upsert: the database checks the row proposed for insert, and a loss alone would be a negative stock
            await tx.ExecuteAsync("insert into inventory_stock (sku_id, warehouse_id) values ($1, $2) on conflict do nothing", ct, sku.Id, adjustment.WarehouseId);
            await tx.ExecuteAsync("update inventory_stock set on_hand = on_hand + $3 where sku_id = $1 and warehouse_id = $2", ct, sku.Id, adjustment.WarehouseId, adjustment.Delta);
            await tx.ExecuteAsync("insert into inventory_adjustments (idempotency_key, at, sku_id, warehouse_id, delta, reason, actor) values ($1, $2, $3, $4, $5, $6, $7)", ct,
                adjustment.IdempotencyKey, now, sku.Id, adjustment.WarehouseId, adjustment.Delta, adjustment.Reason, actor.Name);
            await tx.ExecuteAsync("insert into inventory_movements (at, sku_id, warehouse_id, kind, delta, on_hand_after, document, actor, reason) values ($1, $2, $3, 2, $4, $5, $6, $7, $8)", ct,
                now, sku.Id, adjustment.WarehouseId, adjustment.Delta, before.OnHand + adjustment.Delta, "adjust:" + adjustment.IdempotencyKey, actor.Name, adjustment.Reason);
            var after = before with { OnHand = before.OnHand + adjustment.Delta };
            await audit.WriteAsync(tx, actor, "inventory.adjusted", sku.Code, adjustment.Reason, before, after, ct);
            await outbox.AddAsync(tx, [new StockChanged([sku.Id])], ct);
            return after;
        }, ct);
    }

    private static async Task<StockRow> RowAsync(HubTransaction tx, int skuId, int warehouseId, CancellationToken ct) =>
        (await tx.QueryAsync("select sku_id, warehouse_id, on_hand, reserved, defective, frozen, in_transit from inventory_stock where sku_id = $1 and warehouse_id = $2",
            r => new StockRow(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6)), ct, skuId, warehouseId))
        .FirstOrDefault() ?? new StockRow(skuId, warehouseId, 0, 0, 0, 0, 0);
}
