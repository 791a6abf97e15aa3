using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Quotas;

/// <summary>What reservations take out of quotas and give back. The SKUs must be locked in the transaction.</summary>
internal sealed class QuotaLedger(HubDatabase database, TimeProvider clock)
{
    private const string Living = """
        select id, sku_id, warehouse_id, shop_id, quantity - used from inventory_quotas
         where sku_id = any($1) and ended_at is null and from_at <= $2 and until_at > $2 order by until_at, id
        """;

    /// <summary>Those that end first come first.</summary>
    public async Task<IReadOnlyList<QuotaLeft>> LivingAsync(HubTransaction tx, IEnumerable<int> skuIds, CancellationToken ct) =>
        await tx.QueryAsync(Living, Read, ct, skuIds.ToArray(), clock.GetUtcNow());

    /// <summary>For reads: as of now, without a lock.</summary>
    public async Task<IReadOnlyList<QuotaLeft>> LivingAsync(IEnumerable<int> skuIds, CancellationToken ct) =>
        await database.QueryAsync(Living, Read, ct, skuIds.ToArray(), clock.GetUtcNow());

    public async Task DrawAsync(HubTransaction tx, IReadOnlyList<Reservation> reservations, DateTimeOffset since, CancellationToken ct)
    {
        var book = new QuotaBook(await LivingAsync(tx, reservations.Select(r => r.SkuId).Distinct(), ct));
        var drawn = reservations.Where(r => r.ShopId != 0)
            .SelectMany(r => book.Draw(r.SkuId, r.WarehouseId, r.ShopId, r.Quantity).Select(d => (Reservation: r, d.QuotaId, d.Quantity))).ToList();
        if (drawn.Count == 0) return;
        await tx.ExecuteAsync("""
            with drawn as (
                insert into inventory_quota_draws (quota_id, order_id, sku_id, warehouse_id, part, since, quantity)
                select q, o, s, w, p, $6, n from unnest($1, $2, $3, $4, $5, $7) as d(q, o, s, w, n, p) returning quota_id, quantity)
            update inventory_quotas q set used = q.used + d.quantity
              from (select quota_id, sum(quantity)::int as quantity from drawn group by 1) d where q.id = d.quota_id
            """, ct, drawn.Select(d => d.QuotaId).ToArray(), drawn.Select(d => d.Reservation.OrderId).ToArray(), drawn.Select(d => d.Reservation.SkuId).ToArray(),
            drawn.Select(d => d.Reservation.WarehouseId).ToArray(), drawn.Select(d => d.Quantity).ToArray(), since, drawn.Select(d => d.Reservation.Part).ToArray());
    }

    /// <summary>What reservations released in this very moment had drawn returns to the quotas that still live; an ended one keeps its last figure.</summary>
    public Task GiveBackAsync(HubTransaction tx, long[] orderIds, DateTimeOffset releasedAt, CancellationToken ct) => tx.ExecuteAsync("""
        with given as (
            update inventory_quota_draws d set given_back_at = $2
              from inventory_reservations r, inventory_quotas q
             where d.order_id = any($1) and d.given_back_at is null and q.id = d.quota_id and q.ended_at is null and q.until_at > $2
               and (r.order_id, r.sku_id, r.warehouse_id, r.part, r.since) = (d.order_id, d.sku_id, d.warehouse_id, d.part, d.since) and r.ended_at = $2 and r.end_reason <> 0
            returning d.quota_id, d.quantity)
        update inventory_quotas q set used = q.used - g.quantity
          from (select quota_id, sum(quantity)::int as quantity from given group by 1) g where q.id = g.quota_id
        """, ct, orderIds, releasedAt);

    private static QuotaLeft Read(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.Nullable<int>(2), r.GetInt32(3), r.GetInt32(4));
}
