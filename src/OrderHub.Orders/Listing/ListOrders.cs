using Npgsql;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

internal sealed record OrderListRow(long Id, int ShopId, string PlatformOrderNo, string BuyerNick, string Province, string City, int Lines, int Pieces, long PayFen,
    OrderState State, DateTimeOffset StateSince, string? Hold, IReadOnlyList<string> ReviewReasons, int? WarehouseId, int? CourierId,
    DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? ShipBy, DateTimeOffset? ShippedAt)
{
    public string No => OrderNo.From(Id);
    public OrderCursor Place => new(CreatedAt, Id);
}

/// <param name="Next">Null on the last page.</param>
internal sealed record OrderPage(IReadOnlyList<OrderListRow> Rows, OrderCursor? Next);

/// <param name="Count">Exact up to the cap.</param>
internal sealed record CappedCount(int Count, bool IsCapped)
{
    public const int Cap = 10_000;
    public static CappedCount Of(long counted) => new((int)Math.Min(counted, Cap), counted > Cap);
}

/// <summary>Orders, newest first. Pages go by key, never by offset: they neither skip nor repeat while orders arrive.</summary>
internal sealed class ListOrders(HubDatabase database, ICatalog catalogs, IEnumerable<IOrderLookup> lookups)
{
    public async Task<OrderPage> PageAsync(OrderFilter filter, OrderCursor? after, int take, CancellationToken ct)
    {
        var conditions = await ConditionsAsync(filter, ct);
        if (after is { } place) conditions.Add($"(o.created_at, o.id) < ({conditions.Value(place.CreatedAt)}, {conditions.Value(place.Id)})");
        var rows = await database.QueryAsync($"""
            select o.id, o.shop_id, o.platform_order_no, o.buyer_nick, o.province, o.city, o.line_count, l.pieces, o.pay_fen,
                   o.state, o.state_since, coalesce(o.hold, o.platform_hold), o.review_reasons, o.warehouse_id, o.courier_id,
                   o.created_at, o.paid_at, o.ship_by, o.shipped_at
              from (select * from orders_orders o {conditions.Where} order by o.created_at desc, o.id desc limit {conditions.Value(take + 1)}) o
              left join lateral (select coalesce(sum(quantity), 0)::int as pieces from orders_lines where order_id = o.id) l on true
             order by o.created_at desc, o.id desc
            """, Read, ct, conditions.Values);
        return rows.Count <= take ? new(rows, null) : new(rows[..take], rows[take - 1].Place);
    }

    /// <summary>The orders the filter finds, newest first, for acting on all of them.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(OrderFilter filter, int most, CancellationToken ct)
    {
        var conditions = await ConditionsAsync(filter, ct);
        return await database.QueryAsync($"select o.id from orders_orders o {conditions.Where} order by o.created_at desc, o.id desc limit {conditions.Value(most)}", r => r.GetInt64(0), ct, conditions.Values);
    }

    /// <summary>How many the filter finds; counting stops at the cap.</summary>
    public async Task<CappedCount> CountAsync(OrderFilter filter, CancellationToken ct)
    {
        var conditions = await ConditionsAsync(filter, ct);
        var counted = await database.QueryAsync(
            $"select count(*) from (select 1 from orders_orders o {conditions.Where} limit {conditions.Value(CappedCount.Cap + 1)}) c", r => r.GetInt64(0), ct, conditions.Values);
        return CappedCount.Of(counted[0]);
    }

    /// <summary>For every state, how many the filter would find if it asked for that state.</summary>
    public async Task<IReadOnlyDictionary<OrderState, CappedCount>> CountByStateAsync(OrderFilter filter, CancellationToken ct)
    {
        var conditions = await ConditionsAsync(filter with { State = null }, ct);
        conditions.Add("o.state = s.state");
        var counts = await database.QueryAsync($"""
            select s.state, (select count(*) from (select 1 from orders_orders o {conditions.Where} limit {conditions.Value(CappedCount.Cap + 1)}) c)
              from unnest({conditions.Value(Enum.GetValues<OrderState>().Select(s => (short)s).ToArray())}) as s(state)
            """, r => (State: (OrderState)r.GetInt16(0), Count: r.GetInt64(1)), ct, conditions.Values);
        return counts.ToDictionary(c => c.State, c => CappedCount.Of(c.Count));
    }

    private async Task<OrderConditions> ConditionsAsync(OrderFilter filter, CancellationToken ct)
    {
        var found = new List<long>();
        if (filter.Query?.Trim() is { Length: > 0 } query && !OrderNo.TryParse(query, out _))
            foreach (var lookup in lookups) found.AddRange(await lookup.FindAsync(query, ct));
        return new(filter, [.. (await catalogs.CurrentAsync(ct)).Shops.Select(s => s.Id)], [.. found]);
    }

    private static OrderListRow Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt16(6), r.GetInt32(7),
        r.GetInt64(8), (OrderState)r.GetInt16(9), r.GetFieldValue<DateTimeOffset>(10), r.Text(11), r.IsDBNull(12) ? [] : r.GetFieldValue<string[]>(12), r.Nullable<int>(13), r.Nullable<int>(14),
        r.GetFieldValue<DateTimeOffset>(15), r.Nullable<DateTimeOffset>(16), r.Nullable<DateTimeOffset>(17), r.Nullable<DateTimeOffset>(18));
}
