using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Reading;

internal sealed class ReportOrders(HubDatabase database, IStockReader stock) : IOrderReports
{
    /// <summary>Most are still on their way today; for those that have arrived since, the timeline tells whether they had by then.</summary>
    public async Task<IReadOnlyList<ShippedOrderRow>> ShippedNotSignedAsync(DateTimeOffset asOf, CancellationToken ct) => await database.QueryAsync("""
        select o.id, o.shop_id, o.platform_order_no, o.shipped_at, o.pay_fen
          from orders_orders o
         where o.shipped_at < $1
           and (o.state = 50
                or (o.state in (60, 70, 80, 90) and o.state_since >= $1
                    and not exists (select 1 from orders_timeline t where t.order_id = o.id and t.to_state in (60, 70, 80, 90) and t.at < $1)))
         order by o.id
        """, r => new ShippedOrderRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt64(4)), ct, asOf.ToUniversalTime());

    public async Task<IReadOnlyList<PaidOrderRow>> PaidOrdersAsync(long afterOrderId, int take, CancellationToken ct) => await database.QueryAsync(
        "select id, shop_id, platform_order_no, pay_fen from orders_orders where id > $1 and paid_at is not null order by id limit $2",
        r => new PaidOrderRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetInt64(3)), ct, afterOrderId, take);

    public async Task<IReadOnlyList<OrderBrief>> BriefsAsync(int shopId, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct)
    {
        var briefs = await database.QueryAsync("""
            select id, platform_order_no, state, pay_fen from orders_orders where shop_id = $1 and platform_order_no = any($2) order by id
            """, r => new OrderBrief(r.GetInt64(0), r.GetString(1), (OrderState)r.GetInt16(2), r.GetInt64(3), 0), ct, shopId, platformOrderNos.ToArray());
        for (var i = 0; i < briefs.Count; i++)
            briefs[i] = briefs[i] with { HeldPieces = (await stock.HeldByAsync(briefs[i].OrderId, ct)).Sum(h => h.Quantity) };
        return briefs;
    }
}
