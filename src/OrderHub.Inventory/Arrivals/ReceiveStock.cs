using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Inventory.Arrivals;

/// <summary>Goods that are simply there: a receipt of this number per warehouse, expected and received in one breath.</summary>
internal sealed class ReceiveStock(HubDatabase database, IStockPool pool, DocumentBook book, PostStock stock, AuditTrail audit, OutboxWriter outbox, TimeProvider clock) : IStockReceipts
{
    public Task<bool> ReceiveAsync(string documentNo, IReadOnlyList<ReceiptLine> lines, Actor actor, CancellationToken ct)
    {
        if (lines.Any(l => l.Quantity <= 0)) throw new ArgumentException("A receipt line needs at least one piece.", nameof(lines));
        return database.RunAsync(async tx =>
        {
            var key = "receipt:" + documentNo;
            await DocumentBook.OnceAsync(tx, key, ct);
            if ((await tx.QueryAsync("select 1 from inventory_document_postings where key = $1", r => 1, ct, key)).Count > 0) return false;
            var warehouses = lines.GroupBy(l => l.WarehouseId).OrderBy(g => g.Key).ToList();
            await pool.LockAsync(tx, [.. lines.Select(l => l.SkuId)], [], ct); // all of them in one ascending sweep, before the first document posts
            foreach (var warehouse in warehouses)
            {
                var no = warehouses.Count == 1 ? documentNo : $"{documentNo}-{warehouse.Key}";
                var document = await book.AddAsync(tx, DocumentKind.Receipt, no, warehouse.Key, actor, ct, null, null, "", "",
                    [.. warehouse.GroupBy(l => (l.SkuId, l.BatchNo, l.ExpiresOn)).Select(g => new DocumentLine { SkuId = g.Key.SkuId, BatchNo = g.Key.BatchNo, ExpiresOn = g.Key.ExpiresOn, Quantity = g.Sum(l => l.Quantity), Done = g.Sum(l => l.Quantity) })]);
                document.Finish(clock.GetUtcNow());
                if (warehouse == warehouses[0]) tx.Context.Add(new DocumentPosting { Key = key, DocumentId = document.Id, At = clock.GetUtcNow() });
                await book.SaveAsync(tx, document, "inventory.received", null, actor, ct);
                var posted = await stock.PostAsync(tx, new Posting(MovementKind.Receipt, document.LedgerName,
                    [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, Bucket.OnHand, l.Done, l.BatchNo, l.ExpiresOn))], actor), ct);
                if (posted.Error is { } refusal) throw new InvalidOperationException(refusal.Text); // pieces only come in: nothing can be short
            }
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
        outbox.Add(tx, [new StockChanged([.. changed.Order()])]);
    }, ct);
}
