using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Quotas;

/// <param name="Warehouse">Code; null = wherever the stock is.</param>
internal sealed record QuotaDraft(QuotaKind Kind, string Sku, string? Warehouse, string Shop, int Quantity, DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>Sets pieces aside for a shop. One that begins now must fit into what is shared at this moment; one that begins later claims what is there then.</summary>
internal sealed class SetQuotaHandler(HubDatabase database, ICatalog catalog, IWarehouseNames names, IStockPool pool, AuditTrail audit, OutboxWriter outbox, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<long>> SetAsync(QuotaDraft draft, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (draft.Quantity <= 0) return InventoryErrors.QuantityNotPositive(draft.Sku);
        if (draft.Until <= draft.From || draft.Until <= now) return InventoryErrors.QuotaPeriod;
        if (string.IsNullOrWhiteSpace(draft.Reason)) return InventoryErrors.ReasonMissing;
        var snapshot = await catalog.CurrentAsync(ct);
        if (snapshot.SkuByCode(draft.Sku.Trim()) is not { } sku) return InventoryErrors.SkuUnknown(draft.Sku);
        if (sku.IsKit) return InventoryErrors.KitHasNoStock(sku.Code);
        if (snapshot.ShopByCode(draft.Shop) is not { } shop) return InventoryErrors.ShopUnknown(draft.Shop);
        var warehouses = await names.AllAsync(ct);
        var warehouse = warehouses.FirstOrDefault(w => w.Code.Equals(draft.Warehouse, StringComparison.OrdinalIgnoreCase));
        if (draft.Warehouse is not null && warehouse is null) return InventoryErrors.WarehouseUnknown(draft.Warehouse);

        return await database.RunAsync<Result<long>>(async tx =>
        {
            await tx.ExecuteAsync("insert into inventory_pool (sku_id) values ($1) on conflict do nothing", ct, sku.Id);
            var stock = await pool.LockAsync(tx, [sku.Id], [], ct);
            var shared = warehouse is null ? stock.AvailableEverywhere(sku.Id) : stock.Available(sku.Id, warehouse.Id);
            if (draft.From <= now && shared < draft.Quantity) return InventoryErrors.NotEnoughShared(sku.Code, draft.Quantity, shared);
            // at least one row must carry the flag, or an order would not learn that there is a quota
            await tx.ExecuteAsync("insert into inventory_stock (sku_id, warehouse_id) select $1, w from unnest($2) w on conflict do nothing", ct, sku.Id,
                warehouse is null ? warehouses.Select(w => w.Id).ToArray() : [warehouse.Id]);
            await tx.ExecuteAsync("update inventory_stock set has_quota = true where sku_id = $1 and not has_quota", ct, sku.Id);
            var id = (await tx.QueryAsync("""
                insert into inventory_quotas (kind, sku_id, warehouse_id, shop_id, quantity, from_at, until_at, reason, created_at, created_by, announced_at)
                values ($1, $2, $3::int, $4, $5, $6, $7, $8, $9, $10, case when $6 <= $9 then $9 end) returning id
                """, r => r.GetInt64(0), ct, (short)draft.Kind, sku.Id, warehouse?.Id, shop.Id, draft.Quantity, draft.From.ToUniversalTime(), draft.Until.ToUniversalTime(), draft.Reason.Trim(), now, current.Actor.Name))[0];
            await audit.WriteAsync(tx, current.Actor, "inventory.quota_set", sku.Code, draft.Reason.Trim(), null, new { id, shop = shop.Code, warehouse = warehouse?.Code, draft.Quantity, draft.From, draft.Until }, ct);
            outbox.Add(tx, [new StockChanged([sku.Id])]);
            return id;
        }, ct);
    }
}
