using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Publishing;
using OrderHub.Inventory.Quotas;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Stock;

internal sealed class ReadStock(HubDatabase database, QuotaLedger quotas) : IStockReader
{
    public async Task<IReadOnlyList<PublishableStock>> PublishableAsync(IReadOnlyCollection<int> skuIds, CancellationToken ct)
    {
        var rows = await database.QueryAsync("""
            select p.sku_id, coalesce(s.available, 0), p.safety_stock, p.zero_at_or_below, coalesce(s.has_quota, false)
              from inventory_pool p
              left join lateral (select sum(on_hand - reserved - frozen)::int as available, bool_or(has_quota) as has_quota from inventory_stock where sku_id = p.sku_id) s on true
             where p.sku_id = any($1)
            """, r => (SkuId: r.GetInt32(0), Available: r.GetInt32(1), Safety: r.GetInt32(2), Zero: r.GetInt32(3), HasQuota: r.GetBoolean(4)), ct, skuIds.ToArray());
        var picture = rows.Any(r => r.HasQuota) ? await SetAsideAsync([.. rows.Where(r => r.HasQuota).Select(r => r.SkuId)], ct) : null;
        return [.. rows.Select(r => new PublishableStock(r.SkuId, r.Available, PublishQuantity.Of(r.Available, r.Safety, r.Zero))
        {
            Shares = picture is null || !r.HasQuota ? new Dictionary<int, PublishableShare>() : picture.ShopsOf(r.SkuId).ToDictionary(shop => shop, shop =>
            {
                var available = picture.Stock.AvailableEverywhere(r.SkuId, shop);
                return new PublishableShare(available, PublishQuantity.Of(available, r.Safety, r.Zero));
            }),
        })];
    }

    public async Task<IReadOnlyList<StockRow>> RowsAsync(int skuId, CancellationToken ct) =>
        await database.QueryAsync($"select {StockColumns.All} from inventory_stock where sku_id = $1 order by warehouse_id", StockColumns.Read, ct, skuId);

    public async Task<IReadOnlyList<Reservation>> HeldByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) =>
        await database.QueryAsync("select order_id, sku_id, warehouse_id, quantity, part from inventory_reservations where order_id = any($1) and ended_at is null order by order_id, part, sku_id",
            r => new Reservation(r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), Part: r.GetInt16(4)), ct, orderIds.ToArray());

    public async Task<IReadOnlyDictionary<long, int>> HeldPiecesAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) =>
        (await database.QueryAsync("select order_id, sum(quantity)::int from inventory_reservations where order_id = any($1) and ended_at is null group by order_id",
            r => (OrderId: r.GetInt64(0), Pieces: r.GetInt32(1)), ct, orderIds.ToArray())).ToDictionary(h => h.OrderId, h => h.Pieces);

    public async Task<IReadOnlyList<TakenStock>> TakenByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) =>
        await database.QueryAsync("""
            select order_id, sku_id, coalesce(sum(quantity) filter (where ended_at is null), 0)::int, coalesce(sum(quantity) filter (where end_reason = 0), 0)::int
              from inventory_reservations where order_id = any($1) and (ended_at is null or end_reason = 0) group by order_id, sku_id
            """, r => new TakenStock(r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct, orderIds.ToArray());

    private async Task<SetAside> SetAsideAsync(int[] skuIds, CancellationToken ct)
    {
        var available = await database.QueryAsync("select sku_id, warehouse_id, on_hand - reserved - frozen from inventory_stock where sku_id = any($1)",
            r => (Place: (r.GetInt32(0), r.GetInt32(1)), Pieces: r.GetInt32(2)), ct, skuIds);
        var living = await quotas.LivingAsync(skuIds, ct);
        return new(new StockPicture(available.ToDictionary(a => a.Place, a => a.Pieces), living), living.ToLookup(q => q.SkuId, q => q.ShopId));
    }

    /// <summary>Stock as each shop sees it; shop 0 stands for those without a quota.</summary>
    private sealed record SetAside(StockPicture Stock, ILookup<int, int> Shops)
    {
        public IEnumerable<int> ShopsOf(int skuId) => Shops[skuId].Distinct().Append(0);
    }
}
