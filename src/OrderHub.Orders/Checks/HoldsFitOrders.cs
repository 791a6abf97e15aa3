using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;
using OrderHub.Platform.Verification;

namespace OrderHub.Orders.Checks;

/// <summary>
/// What an order holds in the stock pool and what has left for it is exactly what was bought, and only while its state is one that holds stock.
/// Of kits, whose recipe may have changed since, only that something is held beside the other goods.
/// </summary>
internal sealed class HoldsFitOrders(HubDatabase database, IStockReader stock, ICatalog catalogs) : IVerifyCheck
{
    private const int AtOnce = 5_000;

    private sealed record Bought(long OrderId, OrderState State, IReadOnlyList<(Sku Sku, int Quantity)> Lines);

    public string Name => "订单：占用和发出的正是订单要的货";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        var (seen, suspects) = (0L, new List<long>());
        for (var last = 0L; await database.QueryAsync($"select id from orders_orders where id > $1 order by id limit {AtOnce}", r => r.GetInt64(0), ct, last) is { Count: > 0 } ids; last = ids[^1])
        {
            seen += ids.Count;
            suspects.AddRange((await LookAsync(ids, ct)).Keys);
        }
        // Orders and stock are read one after the other: beside a working hub an order may move in between. What is wrong is wrong the second time, too.
        var breaches = new SortedDictionary<long, string>();
        foreach (var chunk in suspects.Chunk(AtOnce))
            foreach (var (order, breach) in await LookAsync(chunk, ct)) breaches[order] = breach;
        return new(seen, breaches.Count, [.. breaches.Values.Take(10)]);
    }

    private async Task<Dictionary<long, string>> LookAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var lines = await database.QueryAsync("""
            select o.id, o.state, l.sku_id, l.quantity from orders_orders o left join orders_lines l on l.order_id = o.id and l.sku_id is not null where o.id = any($1)
            """, r => (Order: r.GetInt64(0), State: (OrderState)r.GetInt16(1), Sku: r.IsDBNull(2) ? null : catalog.Sku(r.GetInt32(2)), Quantity: r.IsDBNull(3) ? 0 : r.GetInt32(3)), ct, orderIds.ToArray());
        var taken = (await stock.TakenByAsync(orderIds, ct)).ToLookup(t => t.OrderId);
        var breaches = new Dictionary<long, string>();
        foreach (var order in lines.GroupBy(l => (l.Order, l.State), (key, bought) => new Bought(key.Order, key.State, [.. bought.Where(l => l.Sku is not null).Select(l => (l.Sku!, l.Quantity))])))
            if (Breach(order, [.. taken[order.OrderId]], catalog) is { } breach) breaches[order.OrderId] = $"{OrderNo.From(order.OrderId)} {order.State.Chinese()}：{breach}";
        return breaches;
    }

    private static string? Breach(Bought order, IReadOnlyList<TakenStock> taken, CatalogSnapshot catalog)
    {
        var (held, shipped) = (Pieces(taken.Select(t => (t.SkuId, t.Held))), Pieces(taken.Select(t => (t.SkuId, t.Shipped))));
        return order.State switch
        {
            OrderState.Review or OrderState.Shortage or OrderState.Cancelled => held.Count > 0 ? $"还占用 {Text(held)}" : null,
            OrderState.PendingPayment or OrderState.Paid => held.Count == 0 || Fits(held) ? null : Differs(held),
            OrderState.Allocated or OrderState.Packed => Pieces(taken.Select(t => (t.SkuId, t.Held + t.Shipped))) is var all && Fits(all) ? null : Differs(all), // of a split order some parcels may have left
            _ => held.Count > 0 ? $"还占用 {Text(held)}" : shipped.Count == 0 || Fits(shipped) ? null : Differs(shipped), // nothing left from here if another system shipped it
        };

        bool Fits(Dictionary<int, int> pieces)
        {
            if (!order.Lines.Any(l => l.Sku.IsKit)) return Same(pieces, order.Lines);
            var loose = StockDemand.Of(order.Lines.Where(l => !l.Sku.IsKit), catalog);
            return loose.All(l => pieces.GetValueOrDefault(l.SkuId) >= l.Quantity) && pieces.Values.Sum() > loose.Sum(l => l.Quantity);
        }

        bool Same(Dictionary<int, int> pieces, IEnumerable<(Sku, int)> bought) =>
            StockDemand.Of(bought, catalog) is var wanted && wanted.Count == pieces.Count && wanted.All(w => pieces.GetValueOrDefault(w.SkuId) == w.Quantity);

        string Differs(Dictionary<int, int> pieces) => $"要 {Text(StockDemand.Of(order.Lines, catalog).ToDictionary(l => l.SkuId, l => l.Quantity))}，占用和发出 {Text(pieces)}";

        string Text(Dictionary<int, int> pieces) => pieces.Count == 0 ? "无" : string.Join('、', pieces.OrderBy(p => p.Key).Select(p => $"{catalog.Sku(p.Key)?.Code ?? "?"} × {p.Value}"));
    }

    private static Dictionary<int, int> Pieces(IEnumerable<(int SkuId, int Pieces)> taken) => taken.Where(t => t.Pieces > 0).ToDictionary(t => t.SkuId, t => t.Pieces);
}
