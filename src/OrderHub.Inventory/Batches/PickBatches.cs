using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Batches;

/// <summary>Pieces that have just left on hand, by whatever document.</summary>
/// <param name="BatchNo">This batch before the others; null = the one that expires first.</param>
/// <param name="WithoutNumber">Pieces that carry no batch number before any batch.</param>
internal sealed record Outflow(string Document, int SkuId, int WarehouseId, int Quantity, string? BatchNo = null, bool WithoutNumber = false);

/// <summary>Pieces of a batch that have just come to on hand.</summary>
internal sealed record BatchInflow(string Document, int SkuId, int WarehouseId, int Quantity, string BatchNo, DateOnly? ExpiresOn);

/// <summary>Keeps the batches beside the counters. The SKUs must be locked, and on hand already changed, in the transaction.</summary>
internal sealed class PickBatches
{
    public async Task TakeAsync(HubTransaction tx, IReadOnlyList<Outflow> outflows, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        var skus = outflows.Select(o => o.SkuId).Distinct().ToArray();
        var here = (await tx.QueryAsync("select id, sku_id, warehouse_id, batch_no, expires_on, quantity from inventory_batches where sku_id = any($1) and quantity > 0", Read, ct, skus))
            .GroupBy(b => (b.SkuId, b.WarehouseId)).ToDictionary(g => g.Key, g => g.ToList());
        var onHand = (await tx.QueryAsync("select sku_id, warehouse_id, on_hand from inventory_stock where sku_id = any($1)", r => (Place: (r.GetInt32(0), r.GetInt32(1)), OnHand: r.GetInt32(2)), ct, skus))
            .ToDictionary(s => s.Place, s => s.OnHand);

        var promised = (await tx.QueryAsync("select sku_id, warehouse_id, batch_id, sum(quantity)::int from inventory_batch_picks where sku_id = any($1) group by 1, 2, 3",
            r => KeyValuePair.Create((r.GetInt32(0), r.GetInt32(1), r.GetInt64(2)), r.GetInt32(3)), ct, skus)).ToDictionary();

        var (today, lines) = (ShopTime.BusinessDay(now), new List<(long BatchId, int Delta, int After, string Document)>());
        foreach (var place in outflows.GroupBy(o => (o.SkuId, o.WarehouseId)))
        {
            if (!here.TryGetValue(place.Key, out var batches)) continue;
            var (sku, warehouse) = place.Key;
            var unmarked = onHand.GetValueOrDefault(place.Key) + place.Sum(o => o.Quantity) - batches.Sum(b => b.Quantity);
            foreach (var outflow in place)
            {
                var left = outflow.Quantity;
                foreach (var (id, quantity) in batches.Where(b => b.BatchNo == outflow.BatchNo).Select(b => (b.Id, Math.Min(b.Quantity, left))).Where(n => n.Item2 > 0).ToList()) Give(id, quantity, outflow.Document);
                if (outflow.WithoutNumber) GiveUnmarked(unmarked);
                // what other parcels' packers were told to take is left to them while there is anything else
                var toldOthers = promised.GetValueOrDefault((sku, warehouse, BatchPickRow.NoNumber));
                Pick([.. batches.Select(b => b.Less(promised.GetValueOrDefault((sku, warehouse, b.Id))))], unmarked - toldOthers);
                GiveUnmarked(unmarked - toldOthers);
                Pick(batches, unmarked);
                unmarked -= left;

                void Pick(IReadOnlyList<Batch> from, int besides)
                {
                    foreach (var (id, quantity) in FirstExpiredFirstOut.Pick(from, besides, left, today)) Give(id, quantity, outflow.Document);
                }

                void GiveUnmarked(int atMost)
                {
                    var part = Math.Clamp(atMost, 0, left);
                    (left, unmarked) = (left - part, unmarked - part);
                }

                void Give(long id, int quantity, string document)
                {
                    var batch = batches.First(b => b.Id == id);
                    batch.Quantity -= quantity;
                    left -= quantity;
                    lines.Add((id, -quantity, batch.Quantity, document));
                }
            }
        }
        await WriteAsync(tx, lines, now, actor, ct);
    }

    /// <summary>A batch number that is known keeps the expiry day it came with first.</summary>
    public async Task PutAsync(HubTransaction tx, IReadOnlyList<BatchInflow> inflows, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        if (inflows.Count == 0) return;
        var lines = new List<(long, int, int, string)>();
        foreach (var inflow in inflows)
        {
            var batch = (await tx.QueryAsync("""
                insert into inventory_batches (sku_id, warehouse_id, batch_no, expires_on, quantity) values ($1, $2, $3, $4::date, 0)
                on conflict (sku_id, warehouse_id, batch_no) do update set expires_on = coalesce(inventory_batches.expires_on, excluded.expires_on)
                returning id, sku_id, warehouse_id, batch_no, expires_on, quantity
                """, Read, ct, inflow.SkuId, inflow.WarehouseId, inflow.BatchNo, inflow.ExpiresOn))[0];
            var before = batch.Quantity + lines.Where(l => l.Item1 == batch.Id).Sum(l => l.Item2);
            lines.Add((batch.Id, inflow.Quantity, before + inflow.Quantity, inflow.Document));
        }
        await WriteAsync(tx, lines, now, actor, ct);
        await tx.ExecuteAsync("update inventory_stock s set has_batches = true from unnest($1, $2) as i(sku_id, warehouse_id) where s.sku_id = i.sku_id and s.warehouse_id = i.warehouse_id and not s.has_batches", ct,
            inflows.Select(i => i.SkuId).ToArray(), inflows.Select(i => i.WarehouseId).ToArray());
    }

    private static async Task WriteAsync(HubTransaction tx, List<(long BatchId, int Delta, int After, string Document)> lines, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        if (lines.Count == 0) return;
        await tx.ExecuteAsync("""
            with moved as (
                insert into inventory_batch_movements (at, batch_id, delta, balance_after, document, actor)
                select $5, b, d, a, t, $6 from unnest($1, $2, $3, $4) with ordinality as m(b, d, a, t, place) order by place returning batch_id, delta)
            update inventory_batches b set quantity = b.quantity + m.delta from (select batch_id, sum(delta)::int as delta from moved group by 1) m where b.id = m.batch_id
            """, ct, lines.Select(l => l.BatchId).ToArray(), lines.Select(l => l.Delta).ToArray(), lines.Select(l => l.After).ToArray(), lines.Select(l => l.Document).ToArray(), now, actor.Name);
    }

    internal static Batch Read(Npgsql.NpgsqlDataReader r) => new()
    {
        Id = r.GetInt64(0), SkuId = r.GetInt32(1), WarehouseId = r.GetInt32(2), BatchNo = r.GetString(3), ExpiresOn = r.Nullable<DateOnly>(4), Quantity = r.GetInt32(5),
    };
}
