using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Inventory.Documents;

internal sealed class ReceiveStock(HubDatabase database, AuditTrail audit, OutboxWriter outbox, TimeProvider clock) : IStockReceipts
{
    public Task<bool> ReceiveAsync(string documentNo, IReadOnlyList<ReceiptLine> lines, Actor actor, CancellationToken ct)
    {
        if (lines.Any(l => l.Quantity <= 0)) throw new ArgumentException("A receipt line needs at least one piece.", nameof(lines));
        var summed = lines.GroupBy(l => (l.SkuId, l.WarehouseId)).Select(g => (g.Key.SkuId, g.Key.WarehouseId, Quantity: g.Sum(l => l.Quantity))).ToList();
        var skus = summed.Select(l => l.SkuId).ToArray();
        return database.RunAsync(async tx =>
        {
            var now = clock.GetUtcNow();
            var isNew = await tx.ExecuteAsync("insert into inventory_receipts (document_no, at, actor, line_count, pieces) values ($1, $2, $3, $4, $5) on conflict do nothing", ct,
                documentNo, now, actor.Name, summed.Count, summed.Sum(l => (long)l.Quantity));
            if (isNew == 0) return false;
            await tx.ExecuteAsync("insert into inventory_pool (sku_id) select distinct s from unnest($1) s on conflict do nothing", ct, skus);
            await tx.ExecuteAsync("select 1 from inventory_pool where sku_id = any($1) order by sku_id for no key update", ct, skus);
            await tx.ExecuteAsync("""
                with received as (
                    insert into inventory_stock as s (sku_id, warehouse_id, on_hand) select * from unnest($1, $2, $3)
                    on conflict (sku_id, warehouse_id) do update set on_hand = s.on_hand + excluded.on_hand
                    returning s.sku_id, s.warehouse_id, s.on_hand)
                insert into inventory_movements (at, sku_id, warehouse_id, kind, delta, on_hand_after, document, actor)
                select $4, l.sku_id, l.warehouse_id, 1, l.quantity, r.on_hand, 'receipt:' || $5, $6
                  from unnest($1, $2, $3) as l(sku_id, warehouse_id, quantity) join received r using (sku_id, warehouse_id)
                """, ct, skus, summed.Select(l => l.WarehouseId).ToArray(), summed.Select(l => l.Quantity).ToArray(), now, documentNo, actor.Name);
            await audit.WriteAsync(tx, actor, "inventory.received", documentNo, null, null, new { lines = summed.Count, pieces = summed.Sum(l => (long)l.Quantity) }, ct);
            await outbox.AddAsync(tx, [new StockChanged([.. skus.Distinct().Order()])], ct);
            return true;
        }, ct);
    }

    public Task SetPublishRulesAsync(IReadOnlyList<PublishRule> rules, Actor actor, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var changed = await tx.QueryAsync("""
            insert into inventory_pool as p (sku_id, safety_stock, zero_at_or_below) select * from unnest($1, $2, $3)
            on conflict (sku_id) do update set safety_stock = excluded.safety_stock, zero_at_or_below = excluded.zero_at_or_below
             where (p.safety_stock, p.zero_at_or_below) is distinct from (excluded.safety_stock, excluded.zero_at_or_below)
            returning p.sku_id
            """, r => r.GetInt32(0), ct, rules.Select(r => r.SkuId).ToArray(), rules.Select(r => r.SafetyStock).ToArray(), rules.Select(r => r.ZeroAtOrBelow).ToArray());
        if (changed.Count == 0) return;
        await audit.WriteAsync(tx, actor, "inventory.publish_rules_set", $"{changed.Count} SKU", null, null, null, ct);
        await outbox.AddAsync(tx, [new StockChanged([.. changed.Order()])], ct);
    }, ct);
}
