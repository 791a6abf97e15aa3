using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Ledger;

/// <param name="BatchNo">Into on hand: the batch the pieces belong to. Out of it: the batch they leave first. Null = none, or the one that expires first.</param>
internal sealed record StockMove(int SkuId, int WarehouseId, Bucket Bucket, int Delta, string? BatchNo = null, DateOnly? ExpiresOn = null);

/// <param name="Document">See <see cref="Movement.Document"/>.</param>
internal sealed record Posting(MovementKind Kind, string Document, IReadOnlyList<StockMove> Moves, Actor Actor, string? Reason = null);

/// <summary>
/// The one place where documents change stock: locks the SKUs ascending as orders do, changes the counters, writes the ledger with its
/// running balances and tells the channels. Joins the caller's transaction; a refusal has changed nothing.
/// </summary>
internal sealed class PostStock(IStockPool pool, PickBatches batches, ICatalog catalog, OutboxWriter outbox, TimeProvider clock)
{
    public async Task<Result> PostAsync(HubTransaction tx, Posting posting, CancellationToken ct)
    {
        var moves = posting.Moves.Where(m => m.Delta != 0).OrderByDescending(m => m.Delta).ToList(); // what comes before what goes: no balance dips below zero on the way
        if (moves.Count == 0) return Result.Ok;
        var counters = await LockAsync(tx, moves, ct);
        var now = clock.GetUtcNow(); // after the lock: the ledger's times run as its balances do
        var lines = moves.Select(m => (Move: m, After: counters[(m.SkuId, m.WarehouseId)].Add(m.Bucket, m.Delta))).ToList();
        if (await RefusalAsync(moves, counters, ct) is { } refusal) return refusal;

        await WriteCountersAsync(tx, moves, ct);
        await tx.ExecuteAsync("""
            insert into inventory_movements (at, sku_id, warehouse_id, kind, bucket, delta, balance_after, document, actor, reason)
            select $6, sku_id, warehouse_id, $7, bucket, delta, after, $8, $9, $10::text
              from unnest($1, $2, $3, $4, $5) with ordinality as l(sku_id, warehouse_id, bucket, delta, after, place) order by place
            """, ct, lines.Select(l => l.Move.SkuId).ToArray(), lines.Select(l => l.Move.WarehouseId).ToArray(), lines.Select(l => (short)l.Move.Bucket).ToArray(),
            lines.Select(l => l.Move.Delta).ToArray(), lines.Select(l => l.After).ToArray(), now, (short)posting.Kind, posting.Document, posting.Actor.Name, posting.Reason);
        await FollowBatchesAsync(tx, posting, moves, counters, now, ct);

        var changed = moves.Where(m => m.Bucket is Bucket.OnHand or Bucket.Frozen).Select(m => m.SkuId).Distinct().Order().ToArray();
        if (changed.Length > 0) outbox.Add(tx, [new StockChanged(changed)]);
        return Result.Ok;
    }

    private async Task<Dictionary<(int, int), Counters>> LockAsync(HubTransaction tx, List<StockMove> moves, CancellationToken ct)
    {
        var skus = moves.Select(m => m.SkuId).Distinct().ToArray();
        var places = moves.Select(m => (m.SkuId, m.WarehouseId)).Distinct().ToList();
        await tx.ExecuteAsync("insert into inventory_pool (sku_id) select s from unnest($1) s order by s on conflict do nothing", ct, skus);
        await pool.LockAsync(tx, skus, [], ct);
        await tx.ExecuteAsync("insert into inventory_stock (sku_id, warehouse_id) select * from unnest($1, $2) on conflict do nothing", ct,
            places.Select(p => p.SkuId).ToArray(), places.Select(p => p.WarehouseId).ToArray());
        var wanted = places.ToHashSet();
        return (await tx.QueryAsync("""
            select sku_id, warehouse_id, on_hand, reserved, frozen, defective, purchase_in_transit, transfer_in_transit, return_in_transit, has_batches
              from inventory_stock where sku_id = any($1)
            """, r => new Counters(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetBoolean(9)), ct, skus))
            .Where(c => wanted.Contains((c.SkuId, c.WarehouseId))).ToDictionary(c => (c.SkuId, c.WarehouseId));
    }

    private async Task<Error?> RefusalAsync(List<StockMove> moves, Dictionary<(int, int), Counters> counters, CancellationToken ct)
    {
        if (counters.Values.FirstOrDefault(c => c.IsShort) is not { } broken) return null;
        var code = (await catalog.CurrentAsync(ct)).Sku(broken.SkuId)?.Code ?? broken.SkuId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var taken = moves.Where(m => (m.SkuId, m.WarehouseId) == (broken.SkuId, broken.WarehouseId)).ToList();
        if (broken.ShortBucket is { } bucket)
        {
            var delta = taken.Where(m => m.Bucket == bucket).Sum(m => m.Delta);
            return InventoryErrors.BucketTooSmall(code, MovementWords.Bucket(bucket), -delta, broken[bucket] - delta);
        }
        var change = taken.Sum(m => m.Bucket switch { Bucket.OnHand => m.Delta, Bucket.Frozen => -m.Delta, _ => 0 });
        return InventoryErrors.NotEnoughStock(code, -change, broken.Available - change);
    }

    private static Task WriteCountersAsync(HubTransaction tx, List<StockMove> moves, CancellationToken ct)
    {
        var places = moves.GroupBy(m => (m.SkuId, m.WarehouseId)).ToList();
        return tx.ExecuteAsync("""
            update inventory_stock s set on_hand = s.on_hand + d.on_hand, defective = s.defective + d.defective, frozen = s.frozen + d.frozen,
                   purchase_in_transit = s.purchase_in_transit + d.purchase, transfer_in_transit = s.transfer_in_transit + d.transfer, return_in_transit = s.return_in_transit + d.returned
              from unnest($1, $2, $3, $4, $5, $6, $7, $8) as d(sku_id, warehouse_id, on_hand, defective, frozen, purchase, transfer, returned)
             where s.sku_id = d.sku_id and s.warehouse_id = d.warehouse_id
            """, ct, places.Select(p => p.Key.SkuId).ToArray(), places.Select(p => p.Key.WarehouseId).ToArray(), Sum(Bucket.OnHand), Sum(Bucket.Defective), Sum(Bucket.Frozen),
            Sum(Bucket.PurchaseInTransit), Sum(Bucket.TransferInTransit), Sum(Bucket.ReturnInTransit));

        int[] Sum(Bucket bucket) => [.. places.Select(p => p.Where(m => m.Bucket == bucket).Sum(m => m.Delta))];
    }

    private async Task FollowBatchesAsync(HubTransaction tx, Posting posting, List<StockMove> moves, Dictionary<(int, int), Counters> counters, DateTimeOffset now, CancellationToken ct)
    {
        var onHand = moves.Where(m => m.Bucket == Bucket.OnHand).ToList();
        await batches.PutAsync(tx, [.. onHand.Where(m => m is { Delta: > 0, BatchNo: not null }).Select(m => new BatchInflow(posting.Document, m.SkuId, m.WarehouseId, m.Delta, m.BatchNo!, m.ExpiresOn))], now, posting.Actor, ct);
        var gone = onHand.Where(m => m.Delta < 0 && counters[(m.SkuId, m.WarehouseId)].HasBatches).Select(m => new Outflow(posting.Document, m.SkuId, m.WarehouseId, -m.Delta, m.BatchNo)).ToList();
        if (gone.Count > 0) await batches.TakeAsync(tx, gone, now, posting.Actor, ct);
    }
}
