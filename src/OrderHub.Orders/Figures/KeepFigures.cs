using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Orders.Figures;

/// <summary>Adds up what the orders' news say, a batch at a time. Sums only, so the order of the news does not matter.</summary>
internal sealed class KeepFigures(TimeProvider clock) : IConsume<OrderMoved>, IConsume<OrderPaid>
{
    public const string Moves = "orders.figures", Payments = "orders.figures-paid";
    private static readonly TimeSpan InTime = TimeSpan.FromHours(24), MinutesKept = TimeSpan.FromHours(3);

    /// <summary>A payment is mostly told with the move it causes; of an order that stays cancelled there is none.</summary>
    public static bool Wants(OrderPaid paid) => paid.WasCancelled;

    private sealed record Hour(DateTimeOffset At, int ShopId, int Created = 0, int Paid = 0, long PaidFen = 0, int Cancelled = 0, int ShippedInTime = 0);

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var states = StateChanges(events).Where(s => s.Orders != 0).OrderBy(s => s.ShopId).ThenBy(s => s.State).ToList();
        await tx.ExecuteAsync("""
            insert into orders_state_figures as f (shop_id, state, orders) select * from unnest($1, $2, $3)
            on conflict (shop_id, state) do update set orders = f.orders + excluded.orders
            """, ct, states.Select(s => s.ShopId).ToArray(), states.Select(s => (short)s.State).ToArray(), states.Select(s => s.Orders).ToArray());
        await AddAsync(tx, events.SelectMany(HoursOf), ct);
        CountMinutes(tx, events);
    }

    private void CountMinutes(HubTransaction tx, IReadOnlyList<OrderMoved> events)
    {
        var oldest = clock.GetUtcNow() - MinutesKept;
        var minutes = events.Where(e => e.From is null && e.CreatedAt >= oldest).GroupBy(e => StartOf(e.CreatedAt, TimeSpan.TicksPerMinute)).OrderBy(g => g.Key).ToList();
        if (minutes.Count == 0) return;
        tx.Later("delete from orders_minute_figures where minute < $1", oldest);
        tx.Later("""
            insert into orders_minute_figures as f (minute, created) select * from unnest($1, $2) on conflict (minute) do update set created = f.created + excluded.created
            """, minutes.Select(g => g.Key).ToArray(), minutes.Select(g => g.Count()).ToArray());
    }

    public Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderPaid> events, CancellationToken ct) => AddAsync(tx,
        events.Select(e => new Hour(HourOf(e.PaidAt), e.ShopId, Paid: 1, PaidFen: e.PaidFen, Cancelled: e.WasCancelled ? 1 : 0)), ct);

    public static IEnumerable<(int ShopId, OrderState State, int Orders)> StateChanges(IEnumerable<OrderMoved> events) => events
        .SelectMany(e => e.From is { } from ? [(e.ShopId, State: from, Orders: -1), (e.ShopId, State: e.To, Orders: 1)] : new[] { (e.ShopId, State: e.To, Orders: 1) })
        .GroupBy(c => (c.ShopId, c.State)).Select(g => (g.Key.ShopId, g.Key.State, g.Sum(c => c.Orders)));

    private static IEnumerable<Hour> HoursOf(OrderMoved moved)
    {
        if (moved.From is null) yield return new(HourOf(moved.CreatedAt), moved.ShopId, Created: 1);
        if (moved.PaidAt is not { } paid) yield break;
        if (moved.PaidNowFen is { } fen) yield return new(HourOf(paid), moved.ShopId, Paid: 1, PaidFen: fen);
        if (moved.To == OrderState.Cancelled) yield return new(HourOf(paid), moved.ShopId, Cancelled: 1);
        if (moved.To == OrderState.Shipped && moved.At <= paid + InTime) yield return new(HourOf(paid), moved.ShopId, ShippedInTime: 1);
    }

    private static async Task AddAsync(HubTransaction tx, IEnumerable<Hour> news, CancellationToken ct)
    {
        var hours = news.GroupBy(h => (h.At, h.ShopId)).OrderBy(g => g.Key)
            .Select(g => new Hour(g.Key.At, g.Key.ShopId, g.Sum(h => h.Created), g.Sum(h => h.Paid), g.Sum(h => h.PaidFen), g.Sum(h => h.Cancelled), g.Sum(h => h.ShippedInTime))).ToList();
        if (hours.Count == 0) return;
        await tx.ExecuteAsync("""
            insert into orders_hour_figures as f (hour, shop_id, created, paid, paid_fen, cancelled, shipped_in_time) select * from unnest($1, $2, $3, $4, $5, $6, $7)
            on conflict (hour, shop_id) do update set created = f.created + excluded.created, paid = f.paid + excluded.paid, paid_fen = f.paid_fen + excluded.paid_fen,
                   cancelled = f.cancelled + excluded.cancelled, shipped_in_time = f.shipped_in_time + excluded.shipped_in_time
            """, ct, hours.Select(h => h.At).ToArray(), hours.Select(h => h.ShopId).ToArray(), hours.Select(h => h.Created).ToArray(), hours.Select(h => h.Paid).ToArray(),
            hours.Select(h => h.PaidFen).ToArray(), hours.Select(h => h.Cancelled).ToArray(), hours.Select(h => h.ShippedInTime).ToArray());
    }

    private static DateTimeOffset HourOf(DateTimeOffset at) => StartOf(at, TimeSpan.TicksPerHour);

    private static DateTimeOffset StartOf(DateTimeOffset at, long ticks) => new(at.UtcTicks - at.UtcTicks % ticks, TimeSpan.Zero);
}
