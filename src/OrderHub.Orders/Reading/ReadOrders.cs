using Npgsql;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Reading;

internal sealed class ReadOrders(HubDatabase database) : IOrderReader
{
    private const string Head = """
        select id, shop_id, platform_order_no, state, coalesce(hold, platform_hold), warehouse_id, courier_id, pay_fen, created_at, paid_at, ship_by,
               receiver_name, receiver_phone, province, city, district, town, address, receiver_token, buyer_note, seller_note, parts, buyer_key
          from orders_orders
        """;
    private const string LinesSql = "select line_no, platform_line_no, platform_sku_id, platform_product_id, sku_id, title, spec, quantity, unit_price_fen, pay_fen, order_id from orders_lines";
    private const string LinesOfOne = LinesSql + " where order_id = $1 order by line_no";
    private const string LinesOfMany = LinesSql + " where order_id = any($1) order by order_id, line_no";

    public Task<OrderView?> FindAsync(long orderId, CancellationToken ct) => FindAsync(" where id = $1", ct, orderId);

    public Task<OrderView?> FindAsync(int shopId, string platformOrderNo, CancellationToken ct) => FindAsync(" where shop_id = $1 and platform_order_no = $2", ct, shopId, platformOrderNo);

    public async Task<IReadOnlyDictionary<long, OrderView>> FindManyAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var ids = orderIds.ToArray();
        var heads = await database.QueryAsync(Head + " where id = any($1)", ReadHead, ct, ids);
        var lines = (await database.QueryAsync(LinesOfMany, r => (OrderId: r.GetInt64(10), Line: ReadLine(r)), ct, ids))
            .ToLookup(l => l.OrderId, l => l.Line);
        return heads.ToDictionary(h => h.Id, h => h with { Lines = [.. lines[h.Id]] });
    }

    public Task<OrderView?> LockAsync(HubTransaction tx, long orderId, CancellationToken ct) => LockAsync(tx, " where id = $1 for no key update", ct, orderId);

    public Task<OrderView?> LockAsync(HubTransaction tx, int shopId, string platformOrderNo, CancellationToken ct) =>
        LockAsync(tx, " where shop_id = $1 and platform_order_no = $2 for no key update", ct, shopId, platformOrderNo);

    public async Task<IReadOnlyList<OrderView>> LockManyAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct, bool withLines = true)
    {
        var ids = orderIds.ToArray();
        var heads = await tx.QueryAsync(Head + " where id = any($1) order by id for no key update", ReadHead, ct, ids);
        if (!withLines) return heads;
        var lines = (await tx.QueryAsync(LinesOfMany, r => (OrderId: r.GetInt64(10), Line: ReadLine(r)), ct, ids)).ToLookup(l => l.OrderId, l => l.Line);
        return [.. heads.Select(h => h with { Lines = [.. lines[h.Id]] })];
    }

    private async Task<OrderView?> FindAsync(string where, CancellationToken ct, params object?[] values)
    {
        var head = (await database.QueryAsync(Head + where, ReadHead, ct, values)).FirstOrDefault();
        return head is null ? null : head with { Lines = await database.QueryAsync(LinesOfOne, ReadLine, ct, head.Id) };
    }

    private static async Task<OrderView?> LockAsync(HubTransaction tx, string where, CancellationToken ct, params object?[] values)
    {
        var head = (await tx.QueryAsync(Head + where, ReadHead, ct, values)).FirstOrDefault();
        return head is null ? null : head with { Lines = await tx.QueryAsync(LinesOfOne, ReadLine, ct, head.Id) };
    }

    private static OrderView ReadHead(NpgsqlDataReader r)
    {
        var view = View(r);
        return view with { ReceiverKey = ReceiverKey.Of(r.GetString(22), view.Receiver) };
    }

    private static OrderView View(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), (OrderState)r.GetInt16(3), r.Text(4), r.Nullable<int>(5), r.Nullable<int>(6),
        r.GetInt64(7), r.GetFieldValue<DateTimeOffset>(8), r.Nullable<DateTimeOffset>(9), r.Nullable<DateTimeOffset>(10),
        new IncomingReceiver(r.GetString(11), r.GetString(12), r.GetString(13), r.GetString(14), r.GetString(15), r.GetString(16), r.GetString(17), r.Text(18)), r.Text(19), r.Text(20), []) { Parts = OrderParts.Read(r.Text(21)) };

    private static OrderLineView ReadLine(NpgsqlDataReader r) =>
        new(r.GetInt16(0), r.GetString(1), r.Text(2), r.Text(3), r.Nullable<int>(4), r.GetString(5), r.GetString(6), r.GetInt32(7), r.GetInt64(8), r.GetInt64(9));
}
