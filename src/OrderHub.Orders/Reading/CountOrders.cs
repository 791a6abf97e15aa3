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
        var counts = (await database.QueryAsync("select state, sum(orders)::int from orders_state_figures group by state", r => (State: (OrderState)r.GetInt16(0), Orders: r.GetInt32(1)), ct)).ToDictionary(c => c.State, c => c.Orders);
        return [.. Enum.GetValues<OrderState>().Select(s => new StateCount(s, counts.GetValueOrDefault(s)))];
    }

    public async Task<IReadOnlyList<ShopToday>> TodayByShopAsync(CancellationToken ct) => await database.QueryAsync(
        "select shop_id, sum(created)::int, sum(paid)::int, sum(paid_fen)::bigint from orders_hour_figures where hour >= $1 group by shop_id order by shop_id",
        r => new ShopToday(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt64(3)), ct, ShopTime.StartOf(ShopTime.BusinessDay(clock.GetUtcNow())));

    public async Task<IReadOnlyDictionary<int, int>> ToShipByShopAsync(CancellationToken ct) => (await database.QueryAsync(
        "select shop_id, sum(orders)::int from orders_state_figures where state = any($1) group by shop_id having sum(orders) > 0", r => (Shop: r.GetInt32(0), Orders: r.GetInt32(1)), ct,
        (object)Waiting.Select(s => (short)s).ToArray())).ToDictionary(r => r.Shop, r => r.Orders);

    public async Task<ShipRate> ShipRateAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).AddHours(-24);
        return (await database.QueryAsync("select coalesce(sum(paid - cancelled), 0)::int, coalesce(sum(shipped_in_time), 0)::int from orders_hour_figures where hour >= $1 and hour < $2",
            r => new ShipRate(r.GetInt32(0), r.GetInt32(1)), ct, until.AddHours(-24), until))[0];
    }

    public async Task<IReadOnlyList<MinuteCount>> ArrivalsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var thisMinute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        return await database.QueryAsync("""
            select m.minute, coalesce(f.created, 0)
              from generate_series($1::timestamptz - interval '60 minutes', $1::timestamptz - interval '1 minute', interval '1 minute') as m(minute)
              left join orders_minute_figures f on f.minute = m.minute
             order by m.minute
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
