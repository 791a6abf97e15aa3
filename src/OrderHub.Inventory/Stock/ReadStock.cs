using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Stock;

internal sealed class ReadStock(HubDatabase database) : IStockReader
{
    public async Task<IReadOnlyList<PublishableStock>> PublishableAsync(IReadOnlyCollection<int> skuIds, CancellationToken ct) =>
        await database.QueryAsync("""
            select p.sku_id, coalesce(s.available, 0), p.safety_stock, p.zero_at_or_below
              from inventory_pool p
              left join lateral (select sum(on_hand - reserved - frozen)::int as available from inventory_stock where sku_id = p.sku_id) s on true
             where p.sku_id = any($1)
            """, r => new PublishableStock(r.GetInt32(0), r.GetInt32(1), PublishQuantity.Of(r.GetInt32(1), r.GetInt32(2), r.GetInt32(3))), ct, skuIds.ToArray());

    public async Task<IReadOnlyList<StockRow>> RowsAsync(int skuId, CancellationToken ct) =>
        await database.QueryAsync("select sku_id, warehouse_id, on_hand, reserved, defective, frozen, in_transit from inventory_stock where sku_id = $1 order by warehouse_id",
            r => new StockRow(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6)), ct, skuId);

    public async Task<IReadOnlyList<Reservation>> HeldByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) =>
        await database.QueryAsync("select order_id, sku_id, warehouse_id, quantity from inventory_reservations where order_id = any($1) and ended_at is null order by order_id, sku_id",
            r => new Reservation(r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct, orderIds.ToArray());

    public async Task<IReadOnlyDictionary<long, int>> HeldPiecesAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) =>
        (await database.QueryAsync("select order_id, sum(quantity)::int from inventory_reservations where order_id = any($1) and ended_at is null group by order_id",
            r => (OrderId: r.GetInt64(0), Pieces: r.GetInt32(1)), ct, orderIds.ToArray())).ToDictionary(h => h.OrderId, h => h.Pieces);
}
