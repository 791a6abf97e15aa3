using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Inventory.Repairs;

internal sealed class RepairStock(HubDatabase database, IStockPool pool, AuditTrail audit, OutboxWriter outbox, TimeProvider clock) : IStockRepair
{
    /// <summary>$1 = SKUs, or null for all: what every counter is and what its ledger says.</summary>
    private const string Compare = """
        with ledger as (
            select sku_id, warehouse_id,
                   coalesce(sum(delta) filter (where bucket = 1), 0)::int as on_hand, coalesce(sum(delta) filter (where bucket = 2), 0)::int as defective, coalesce(sum(delta) filter (where bucket = 3), 0)::int as frozen,
                   coalesce(sum(delta) filter (where bucket = 4), 0)::int as purchase_in_transit, coalesce(sum(delta) filter (where bucket = 5), 0)::int as transfer_in_transit, coalesce(sum(delta) filter (where bucket = 6), 0)::int as return_in_transit
              from inventory_movements where $1::int[] is null or sku_id = any($1) group by 1, 2),
        held as (select sku_id, warehouse_id, sum(quantity)::int as reserved from inventory_reservations where ended_at is null and ($1::int[] is null or sku_id = any($1)) group by 1, 2),
        truth as (
            select s.sku_id, s.warehouse_id, coalesce(l.on_hand, 0) as on_hand, coalesce(h.reserved, 0) as reserved, coalesce(l.frozen, 0) as frozen, coalesce(l.defective, 0) as defective,
                   coalesce(l.purchase_in_transit, 0) as purchase_in_transit, coalesce(l.transfer_in_transit, 0) as transfer_in_transit, coalesce(l.return_in_transit, 0) as return_in_transit
              from inventory_stock s left join ledger l using (sku_id, warehouse_id) left join held h using (sku_id, warehouse_id)
             where $1::int[] is null or s.sku_id = any($1))
        select t.sku_id, t.warehouse_id, c.counter, c.counted, c.truth, t.reserved + t.frozen <= t.on_hand
          from truth t join inventory_stock s using (sku_id, warehouse_id)
         cross join lateral (values ('on_hand', s.on_hand, t.on_hand), ('reserved', s.reserved, t.reserved), ('frozen', s.frozen, t.frozen), ('defective', s.defective, t.defective),
            ('purchase_in_transit', s.purchase_in_transit, t.purchase_in_transit), ('transfer_in_transit', s.transfer_in_transit, t.transfer_in_transit), ('return_in_transit', s.return_in_transit, t.return_in_transit)) as c(counter, counted, truth)
         where c.counted <> c.truth order by 1, 2, 3
        """;

    public async Task<IReadOnlyList<CounterDrift>> FindAsync(CancellationToken ct) => await database.QueryAsync(Compare, Read, ct, (object?)null);

    public async Task<IReadOnlyList<CounterDrift>> ApplyAsync(Actor actor, CancellationToken ct)
    {
        var suspects = (await FindAsync(ct)).Select(d => d.SkuId).Distinct().ToArray();
        if (suspects.Length == 0) return [];
        return await database.RunAsync(async tx =>
        {
            await pool.LockAsync(tx, suspects, [], ct); // looked at again under the lock: an order between two statements is no drift
            var drifts = await tx.QueryAsync(Compare, Read, ct, new object?[] { suspects });
            var rows = drifts.Where(d => d.Fixable).GroupBy(d => (d.SkuId, d.WarehouseId)).ToList();
            foreach (var row in rows)
            {
                // the counters' names come from the statement above, never from outside; all of a row at once, so that its checks hold
                await tx.ExecuteAsync($"update inventory_stock set {string.Join(", ", row.Select((d, i) => $"{d.Counter} = ${i + 3}"))} where sku_id = $1 and warehouse_id = $2", ct,
                    [row.Key.SkuId, row.Key.WarehouseId, .. row.Select(d => (object?)d.ByLedger)]);
                await audit.WriteAsync(tx, actor, "inventory.counter_repaired", $"SKU {row.Key.SkuId} @ {row.Key.WarehouseId}", null, row.ToDictionary(d => d.Counter, d => d.Counted), row.ToDictionary(d => d.Counter, d => d.ByLedger), ct);
            }
            var repaired = rows.SelectMany(r => r).ToList();
            await tx.ExecuteAsync("insert into inventory_repairs (at, sku_id, warehouse_id, counter, was, became, actor) select $1, s, w, c, was, became, $2 from unnest($3, $4, $5, $6, $7) as r(s, w, c, was, became)", ct,
                clock.GetUtcNow(), actor.Name, repaired.Select(d => d.SkuId).ToArray(), repaired.Select(d => d.WarehouseId).ToArray(), repaired.Select(d => d.Counter).ToArray(), repaired.Select(d => d.Counted).ToArray(), repaired.Select(d => d.ByLedger).ToArray());
            if (repaired.Count > 0) outbox.Add(tx, [new StockChanged([.. repaired.Select(d => d.SkuId).Distinct().Order()])]);
            return drifts;
        }, ct);
    }

    private static CounterDrift Read(Npgsql.NpgsqlDataReader r) => new(r.GetInt32(0), r.GetInt32(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), r.GetBoolean(5));
}
