using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Reading;

internal sealed class ReportOrders(HubDatabase database, IStockReader stock) : IOrderReports
{
    /// <summary>The timeline knows when an order left the road, also long after it did.</summary>
    public async Task<IReadOnlyList<ShippedOrderRow>> ShippedNotSignedAsync(DateTimeOffset asOf, CancellationToken ct) => await database.QueryAsync("""
        select id, shop_id, platform_order_no, shipped_at, pay_fen from orders_orders o
         where shipped_at < $1 and (state = 50 or state_since >= $1)
           and not exists (select 1 from orders_timeline t where t.order_id = o.id and t.to_state in (60, 70, 80, 90) and t.at < $1)
         order by id
        """, r => new ShippedOrderRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt64(4)), ct, asOf.ToUniversalTime());

    public async Task<IReadOnlyList<PaidOrderRow>> PaidOrdersAsync(long afterOrderId, int take, CancellationToken ct) => await database.QueryAsync(
        "select id, shop_id, platform_order_no, pay_fen from orders_orders where id > $1 and paid_at is not null order by id limit $2",
        r => new PaidOrderRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetInt64(3)), ct, afterOrderId, take);

    public async Task<IReadOnlyDictionary<string, long>> OrderIdsAsync(int shopId, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct) =>
        (await database.QueryAsync("select platform_order_no, id from orders_orders where shop_id = $1 and platform_order_no = any($2)",
            r => (No: r.GetString(0), Id: r.GetInt64(1)), ct, shopId, platformOrderNos.ToArray())).ToDictionary(o => o.No, o => o.Id);

    public async Task<IReadOnlyList<OrderBrief>> BriefsAsync(int shopId, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct)
    {
        var orders = await database.QueryAsync("select id, platform_order_no, state, pay_fen, version, platform_status from orders_orders where shop_id = $1 and platform_order_no = any($2)",
            r => new OrderBrief(r.GetInt64(0), r.GetString(1), (OrderState)r.GetInt16(2), r.GetInt64(3), 0, r.GetInt64(4), (PlatformStatus)r.GetInt16(5)), ct, shopId, platformOrderNos.ToArray());
        var held = await stock.HeldPiecesAsync(orders.Select(o => o.OrderId).ToArray(), ct);
        return [.. orders.Select(o => o with { HeldPieces = held.GetValueOrDefault(o.OrderId) })];
    }

    public async Task<IReadOnlyDictionary<string, OrderResult>> ResultsAsync(int shopId, DateTimeOffset from, DateTimeOffset until, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct) =>
        (await database.QueryAsync("""
            select id, platform_order_no, state, warehouse_id, pay_fen, created_at from orders_orders where shop_id = $1 and created_at >= $2 and created_at < $3
            union
            select id, platform_order_no, state, warehouse_id, pay_fen, created_at from orders_orders where shop_id = $1 and platform_order_no = any($4)
            """, r => new OrderResult(r.GetInt64(0), r.GetString(1), (OrderState)r.GetInt16(2), r.Nullable<int>(3), r.GetInt64(4), r.GetFieldValue<DateTimeOffset>(5)),
            ct, shopId, from.ToUniversalTime(), until.ToUniversalTime(), platformOrderNos.ToArray())).ToDictionary(o => o.PlatformOrderNo);
}
