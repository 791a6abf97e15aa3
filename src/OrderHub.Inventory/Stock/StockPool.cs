using System.Globalization;
using Npgsql;
using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Quotas;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Inventory.Stock;

internal sealed class StockPool(QuotaLedger quotas, PickBatches batches, OutboxWriter outbox, TimeProvider clock) : IStockPool
{
    private const string LockSkus = "select count(*) from (select 1 from inventory_pool where sku_id = any($1) order by sku_id for no key update) as locked";

    /// <summary>One row of arrays, null without stock: two hundred orders look at nearly two thousand places, and a row each costs server and host more than what is in it.</summary>
    private const string ReadSkus = """
        select array_agg(sku_id), array_agg(warehouse_id), array_agg(on_hand - reserved - frozen), array_agg(sku_id) filter (where has_quota) from inventory_stock where sku_id = any($1)
        """;

    /// <summary>Times what one transaction wants: a dozen others may take as much between its look and its lock.</summary>
    private const int Plenty = 12;

    public async Task<StockPicture> LockAsync(HubTransaction tx, IReadOnlyCollection<int> skuIds, IReadOnlyCollection<long> heldByOrderIds, CancellationToken ct)
    {
        var ids = skuIds.Distinct().ToArray();
        var holders = heldByOrderIds.ToArray();
        if (ids.Length == 0 && holders.Length == 0) return new StockPicture(new Dictionary<(int, int), int>());
        Dictionary<(int, int), int> available;
        HashSet<int> withQuota;
        await using (var batch = tx.Batch())
        {
            batch.BatchCommands.Add(holders.Length == 0
                ? new NpgsqlBatchCommand(LockSkus) { Parameters = { new() { Value = ids } } }
                : new NpgsqlBatchCommand("""
                    select 1 from inventory_pool
                     where sku_id in (select unnest($1) union select sku_id from inventory_reservations where order_id = any($2) and ended_at is null)
                     order by sku_id for no key update
                    """) { Parameters = { new() { Value = ids }, new() { Value = holders } } });
            // A statement of its own: under READ COMMITTED it sees what the transactions we waited for have committed.
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSkus) { Parameters = { new() { Value = ids } } });
            await using var reader = await batch.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) { }
            await reader.NextResultAsync(ct);
            (available, withQuota) = await ReadAsync(reader, ct);
        }
        return new StockPicture(available, withQuota.Count == 0 ? null : await quotas.LivingAsync(tx, withQuota, ct));
    }

    public async Task<StockPicture?> FindPlentyAsync(HubTransaction tx, IReadOnlyCollection<(int SkuId, int Quantity)> demand, CancellationToken ct)
    {
        var wanted = demand.GroupBy(d => d.SkuId).ToDictionary(g => g.Key, g => g.Sum(d => d.Quantity));
        if (wanted.Count == 0) return new StockPicture(new Dictionary<(int, int), int>());
        await using var batch = tx.Batch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSkus) { Parameters = { new() { Value = wanted.Keys.ToArray() } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var (available, withQuota) = await ReadAsync(reader, ct);
        if (withQuota.Count > 0) return null;
        var plenty = new HashSet<int>(wanted.Count);
        foreach (var ((skuId, _), here) in available)
        {
            if (here <= 0) continue;
            if (here < (long)Plenty * wanted[skuId]) return null;
            plenty.Add(skuId);
        }
        return plenty.Count < wanted.Count ? null : new StockPicture(available);
    }

    /// <summary>What <see cref="ReadSkus"/> found.</summary>
    private static async Task<(Dictionary<(int SkuId, int WarehouseId), int> Available, HashSet<int> WithQuota)> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        if (await reader.IsDBNullAsync(0, ct)) return ([], []);
        var (skus, warehouses, free) = (reader.GetFieldValue<int[]>(0), reader.GetFieldValue<int[]>(1), reader.GetFieldValue<int[]>(2));
        var available = new Dictionary<(int, int), int>(skus.Length);
        for (var i = 0; i < skus.Length; i++) available[(skus[i], warehouses[i])] = free[i];
        return (available, await reader.IsDBNullAsync(3, ct) ? [] : [.. reader.GetFieldValue<int[]>(3)]);
    }

    public async Task ReserveAsync(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, CancellationToken ct)
    {
        if (reservations.Count == 0) return;
        var (now, demand) = (clock.GetUtcNow(), DemandOf(reservations));
        KeepReservations(tx, reservations, now);
        var taken = await TakeAsync(tx, demand, null, ct);
        if (taken.Count != demand.Count) throw new InvalidOperationException($"{demand.Count - taken.Count} stock rows no longer hold what was planned; were the SKUs locked in this transaction?");

        var withQuota = taken.Where(t => t.HasQuota).Select(t => t.SkuId).ToHashSet();
        if (withQuota.Count > 0) await quotas.DrawAsync(tx, [.. reservations.Where(r => withQuota.Contains(r.SkuId))], now, ct);
        TellTaken(tx, demand);
    }

    public async Task ReserveFromPlentyAsync(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, CancellationToken ct)
    {
        if (reservations.Count == 0) return;
        var demand = DemandOf(reservations);
        KeepReservations(tx, reservations, clock.GetUtcNow()); // before the lock: what they say of the order hinders nobody
        var taken = await TakeAsync(tx, demand, new NpgsqlBatchCommand(LockSkus) { Parameters = { new() { Value = demand.Select(d => d.SkuId).Distinct().ToArray() } } }, ct);
        if (taken.Count != demand.Count || taken.Exists(t => t.HasQuota)) throw new LostRaceException("What there was plenty of was taken or set aside meanwhile.");
        TellTaken(tx, demand);
    }

    private static List<(int SkuId, int WarehouseId, int Quantity)> DemandOf(IReadOnlyCollection<Reservation> reservations) =>
        [.. reservations.GroupBy(r => (r.SkuId, r.WarehouseId)).Select(g => (g.Key.SkuId, g.Key.WarehouseId, g.Sum(r => r.Quantity)))];

    private static void KeepReservations(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, DateTimeOffset now) => tx.Later("""
        insert into inventory_reservations (order_id, sku_id, warehouse_id, part, quantity, reason, since) select o, s, w, p, q, y, $7 from unnest($1, $2, $3, $4, $5, $6) as r(o, s, w, p, q, y)
        """, reservations.Select(r => r.OrderId).ToArray(), reservations.Select(r => r.SkuId).ToArray(), reservations.Select(r => r.WarehouseId).ToArray(),
        reservations.Select(r => r.Part).ToArray(), reservations.Select(r => r.Quantity).ToArray(), reservations.Select(r => (short)r.Reason).ToArray(), now);

    /// <returns>A row for each that was there; fewer than wanted when something was not.</returns>
    private static async Task<List<(int SkuId, bool HasQuota)>> TakeAsync(HubTransaction tx, IReadOnlyList<(int SkuId, int WarehouseId, int Quantity)> demand, NpgsqlBatchCommand? lockFirst, CancellationToken ct)
    {
        await using var batch = tx.Batch();
        if (lockFirst is not null) batch.BatchCommands.Add(lockFirst);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            update inventory_stock s set reserved = s.reserved + d.quantity
              from unnest($1, $2, $3) as d(sku_id, warehouse_id, quantity)
             where s.sku_id = d.sku_id and s.warehouse_id = d.warehouse_id and s.on_hand - s.reserved - s.frozen >= d.quantity
            returning s.sku_id, s.has_quota
            """) { Parameters = { new() { Value = demand.Select(d => d.SkuId).ToArray() }, new() { Value = demand.Select(d => d.WarehouseId).ToArray() }, new() { Value = demand.Select(d => d.Quantity).ToArray() } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (lockFirst is not null) await reader.NextResultAsync(ct);
        var taken = new List<(int SkuId, bool HasQuota)>(demand.Count);
        while (await reader.ReadAsync(ct)) taken.Add((reader.GetInt32(0), reader.GetBoolean(1)));
        return taken;
    }

    private void TellTaken(HubTransaction tx, IReadOnlyList<(int SkuId, int WarehouseId, int Quantity)> demand) =>
        outbox.Add(tx, [new StockChanged([.. demand.Select(d => d.SkuId).Distinct().Order()], OnlyTaken: true)]);

    public async Task ReleaseAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, ReleaseReason reason, Actor actor, CancellationToken ct)
    {
        var ids = orderIds.ToArray();
        await LockHeldAsync(tx, ids, ct);
        var now = clock.GetUtcNow();
        var freed = await tx.QueryAsync("""
            with ended as (
                update inventory_reservations set ended_at = $2, end_reason = $3 where order_id = any($1) and ended_at is null
                returning sku_id, warehouse_id, quantity),
            freed as (select sku_id, warehouse_id, sum(quantity)::int as quantity from ended group by 1, 2)
            update inventory_stock s set reserved = s.reserved - f.quantity from freed f
             where s.sku_id = f.sku_id and s.warehouse_id = f.warehouse_id
            returning s.sku_id, s.has_quota, s.has_batches
            """, r => (SkuId: r.GetInt32(0), HasQuota: r.GetBoolean(1), HasBatches: r.GetBoolean(2)), ct, ids, now, (short)reason);
        if (freed.Any(f => f.HasQuota)) await quotas.GiveBackAsync(tx, ids, now, ct);
        if (freed.Any(f => f.HasBatches)) await tx.ExecuteAsync(ChooseBatches.Take, ct, ids, null);
        if (freed.Count > 0) outbox.Add(tx, [new StockChanged([.. freed.Select(f => f.SkuId).Distinct().Order()])]);
    }

    public Task DeductAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, Actor actor, CancellationToken ct) => DeductAsync(tx, orderIds.ToArray(), null, actor, ct);

    public Task DeductPartAsync(HubTransaction tx, long orderId, short part, Actor actor, CancellationToken ct) => DeductAsync(tx, [orderId], part, actor, ct);

    private async Task DeductAsync(HubTransaction tx, long[] ids, short? part, Actor actor, CancellationToken ct)
    {
        await LockHeldAsync(tx, ids, ct);
        var now = clock.GetUtcNow();
        // Per order, not per SKU: each order's shipment is a ledger line of its own, with the running balance.
        var fromBatches = await tx.QueryAsync("""
            with ended as (
                update inventory_reservations set ended_at = $2, end_reason = 0 where order_id = any($1) and ended_at is null and ($4::smallint is null or part = $4)
                returning order_id, sku_id, warehouse_id, quantity),
            gone as (select sku_id, warehouse_id, sum(quantity)::int as quantity from ended group by 1, 2),
            counted as (
                update inventory_stock s set on_hand = s.on_hand - g.quantity, reserved = s.reserved - g.quantity from gone g
                 where s.sku_id = g.sku_id and s.warehouse_id = g.warehouse_id
                returning s.sku_id, s.warehouse_id, s.on_hand, s.has_batches),
            moved as (
                insert into inventory_movements (at, sku_id, warehouse_id, kind, delta, balance_after, document, actor)
                select $2, e.sku_id, e.warehouse_id, 3, -e.quantity,
                       c.on_hand + coalesce(sum(e.quantity) over (partition by e.sku_id, e.warehouse_id order by e.order_id desc rows between unbounded preceding and 1 preceding), 0)::int,
                       'order:' || e.order_id, $3
                  from ended e join counted c using (sku_id, warehouse_id)
                 order by e.order_id)
            select e.order_id, e.sku_id, e.warehouse_id, e.quantity from ended e join counted c using (sku_id, warehouse_id) where c.has_batches
            """, r => (OrderId: r.GetInt64(0), SkuId: r.GetInt32(1), WarehouseId: r.GetInt32(2), Quantity: r.GetInt32(3)), ct, ids, now, actor.Name, part);
        if (fromBatches.Count == 0) return;
        var told = (await tx.QueryAsync(ChooseBatches.Take, r => (Goods: (r.GetInt64(0), r.GetInt32(1), r.GetInt32(2)), BatchNo: r.Text(3), Quantity: r.GetInt32(4)), ct, ids, part)).ToLookup(t => t.Goods);
        await batches.TakeAsync(tx, [.. fromBatches.SelectMany(g =>
        {
            var (document, chosen) = (string.Create(CultureInfo.InvariantCulture, $"order:{g.OrderId}"), told[(g.OrderId, g.SkuId, g.WarehouseId)].ToList());
            return chosen.Select(c => new Outflow(document, g.SkuId, g.WarehouseId, c.Quantity, c.BatchNo, WithoutNumber: c.BatchNo is null)).Append(new(document, g.SkuId, g.WarehouseId, g.Quantity - chosen.Sum(c => c.Quantity)));
        }).Where(o => o.Quantity > 0)], now, actor, ct);
    }

    /// <summary>The orders' own rows are locked by the caller, so what they hold cannot change while we wait for the pool.</summary>
    private static Task<int> LockHeldAsync(HubTransaction tx, long[] orderIds, CancellationToken ct) => tx.ExecuteAsync("""
        select 1 from inventory_pool where sku_id in (select sku_id from inventory_reservations where order_id = any($1) and ended_at is null)
         order by sku_id for no key update
        """, ct, orderIds);
}
