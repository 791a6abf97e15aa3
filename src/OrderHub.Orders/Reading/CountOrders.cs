using OrderHub.Orders.Contracts;
using OrderHub.Orders.Listing;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Reading;

internal sealed class CountOrders(HubDatabase database, ListOrders lists, TimeProvider clock) : IOrderCounts
{
    private static readonly OrderState[] Waiting = [OrderState.Review, OrderState.Paid, OrderState.Shortage, OrderState.Allocated, OrderState.Packed];

    public async Task<IReadOnlyList<StateCount>> ByStateAsync(CancellationToken ct)
    {
        var counts = await lists.CountByStateAsync(new OrderFilter(), ct);
        return [.. Enum.GetValues<OrderState>().Select(s => new StateCount(s, counts[s].Count))];
    }

    public async Task<IReadOnlyList<ShopToday>> TodayByShopAsync(CancellationToken ct) => await database.QueryAsync("""
        select shop_id, sum(created)::int, sum(paid)::int, sum(fen)::bigint
          from (select shop_id, count(*) as created, 0 as paid, 0 as fen from orders_orders where created_at >= $1 group by shop_id
                 union all
                select shop_id, 0, count(*), sum(pay_fen) from orders_orders where paid_at >= $1 group by shop_id) t
         group by shop_id order by shop_id
        """, r => new ShopToday(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt64(3)), ct, ShopTime.StartOf(ShopTime.BusinessDay(clock.GetUtcNow())));

    public async Task<IReadOnlyDictionary<int, int>> ToShipByShopAsync(CancellationToken ct) => (await database.QueryAsync(
        "select shop_id, count(*)::int from orders_orders where state = any($1) group by shop_id", r => (Shop: r.GetInt32(0), Orders: r.GetInt32(1)), ct,
        (object)Waiting.Select(s => (short)s).ToArray())).ToDictionary(r => r.Shop, r => r.Orders);

    public async Task<ShipRate> ShipRateAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await database.QueryAsync("""
            select count(*)::int, (count(*) filter (where shipped_at <= paid_at + interval '24 hours'))::int
              from orders_orders where paid_at >= $1 and paid_at < $2 and state <> 80
            """, r => new ShipRate(r.GetInt32(0), r.GetInt32(1)), ct, now.AddHours(-48), now.AddHours(-24)))[0];
    }

    public async Task<IReadOnlyList<MinuteCount>> ArrivalsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var thisMinute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        return await database.QueryAsync("""
            select m.minute, count(o.id)::int
              from generate_series($1::timestamptz - interval '60 minutes', $1::timestamptz - interval '1 minute', interval '1 minute') as m(minute)
              left join orders_orders o on o.created_at >= m.minute and o.created_at < m.minute + interval '1 minute'
             group by m.minute order by m.minute
            """, r => new MinuteCount(r.GetFieldValue<DateTimeOffset>(0), r.GetInt32(1)), ct, thisMinute);
    }

    /// <summary>Looks at the thousand oldest orders of each state only: who waits longest is among those created first.</summary>
    public async Task<IReadOnlyList<OldestWaiting>> OldestWaitingAsync(CancellationToken ct) => await database.QueryAsync("""
        select s.state, w.id, w.state_since
          from unnest($1) as s(state)
         cross join lateral (select id, state_since
                               from (select id, state_since from orders_orders where state = s.state order by created_at, id limit 1000) oldest
                              order by state_since, id limit 1) w
         order by s.state
        """, r => new OldestWaiting((OrderState)r.GetInt16(0), r.GetInt64(1), r.GetFieldValue<DateTimeOffset>(2)), ct, Waiting.Select(s => (short)s).ToArray());

    public async Task<IReadOnlyList<NewOrder>> NewestAsync(int take, CancellationToken ct) =>
        [.. (await lists.PageAsync(new OrderFilter(), null, take, ct)).Rows
            .Select(r => new NewOrder(r.Id, r.ShopId, r.PlatformOrderNo, r.State, r.PayFen, r.Pieces, r.Province, r.City, r.CreatedAt))];
}
