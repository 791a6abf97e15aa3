using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Acceptance;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Shortages;
using OrderHub.Orders.States;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Orders.Flow;

/// <summary>
/// Looks for stock once more for paid orders that hold none (approved from review, short before), in the given sequence, which is the
/// fair one. Joins the caller's transaction; the orders' rows must be locked in it.
/// </summary>
internal sealed class PlaceAgain(ICatalog catalogs, IAllocator allocator, IStockPool pool, OutboxWriter outbox, TimeProvider clock)
{
    /// <param name="Asked">What allocation is asked, but for the goods.</param>
    internal sealed record Waiting(long OrderId, int ShopId, string PlatformOrderNo, OrderState State, AllocationDemand Asked, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, IReadOnlyList<(int LineNo, int SkuId, int Quantity)> Lines)
    {
        /// <summary>Where its stock is reserved; null = it holds none.</summary>
        public int? WarehouseId { get; init; }
        public int? CourierId { get; init; }

        /// <summary>As <see cref="OrderParts.Text"/> gives them; null = it goes whole.</summary>
        public string? Parts { get; init; }

        /// <summary>Per base SKU: kits exploded, lines summed.</summary>
        public List<DemandLine> Demand(CatalogSnapshot catalog) => StockDemand.Of(Lines.Select(l => (Sku: catalog.Sku(l.SkuId)!, l.Quantity)), catalog);

        /// <summary>What allocation is asked for all of it.</summary>
        public AllocationDemand Ask(IReadOnlyList<DemandLine> demand, CatalogSnapshot catalog) => Asked with
        {
            Lines = demand, VolumeCm3 = ParcelVolume.Of(demand, catalog), Platform = catalog.Shop(ShopId)?.Kind, ShipBy = Asked.ShipBy ?? catalog.Shop(ShopId)?.ShipBy(CreatedAt, PaidAt),
            Units = () => StockDemand.Units(Lines.Select(l => (l.LineNo, catalog.Sku(l.SkuId)!, l.Quantity)), catalog),
        };
    }

    /// <summary>Locks and reads orders by id, ascending; those no longer in one of the states are left out.</summary>
    public static async Task<List<Waiting>> LockAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct, params OrderState[] states)
    {
        var ids = orderIds.ToArray();
        var heads = await tx.QueryAsync("""
            select id, shop_id, platform_order_no, state, province, city, weight_grams, named_courier, district, pay_fen, extras ->> 'namedWarehouse', ship_by, created_at, paid_at,
                   warehouse_id, courier_id, array(select r.warehouse_id from orders_rejections r where r.order_id = o.id), parts, coalesce((extras ->> 'goesWhole')::boolean, false)
              from orders_orders o where id = any($1) and state = any($2) order by id for no key update
            """, r => new Waiting(r.GetInt64(0), r.GetInt32(1), r.GetString(2), (OrderState)r.GetInt16(3),
                new(Provinces.Normalize(r.GetString(4)), r.GetString(5), [], r.GetInt32(6), r.Text(7))
                {
                    District = r.GetString(8), ShopId = r.GetInt32(1), AmountFen = r.GetInt64(9), NamedWarehouse = r.Text(10), ShipBy = r.Nullable<DateTimeOffset>(11), ExcludedWarehouses = r.GetFieldValue<int[]>(16), GoesWhole = r.GetBoolean(18),
                }, r.GetFieldValue<DateTimeOffset>(12), r.Nullable<DateTimeOffset>(13), []) { WarehouseId = r.Nullable<int>(14), CourierId = r.Nullable<int>(15), Parts = r.Text(17) }, ct, ids, states.Select(s => (short)s).ToArray());
        var lines = (await tx.QueryAsync("select order_id, sku_id, quantity, line_no from orders_lines where order_id = any($1) and sku_id is not null order by order_id, line_no",
            r => (Order: r.GetInt64(0), Sku: r.GetInt32(1), Quantity: r.GetInt32(2), No: (int)r.GetInt16(3)), ct, ids)).ToLookup(l => l.Order, l => (l.No, l.Sku, l.Quantity));
        return [.. heads.Select(h => h with { Lines = [.. lines[h.OrderId]] })];
    }

    /// <returns>How many found a warehouse; the others are in SHORTAGE with what is missing.</returns>
    public async Task<int> PlaceAsync(HubTransaction tx, IReadOnlyList<Waiting> orders, Actor actor, CancellationToken ct)
    {
        if (orders.Count == 0) return 0;
        var catalog = await catalogs.CurrentAsync(ct);
        var rules = await allocator.RulesAsync(ct);
        var demands = orders.Select(o => o.Demand(catalog)).ToList();
        var stock = await pool.LockAsync(tx, [.. demands.SelectMany(d => d).Select(l => l.SkuId)], [], ct);
        var decisions = orders.Select((o, i) => rules.Choose(o.Ask(demands[i], catalog), stock)).ToList();

        var placed = Enumerable.Range(0, orders.Count).Where(i => decisions[i].WarehouseId is not null).ToList();
        await pool.ReserveAsync(tx, [.. placed.SelectMany(i => decisions[i].Reservations(orders[i].OrderId, orders[i].ShopId, demands[i]))], ct);
        // An order that was short and still is has nothing new to say.
        var news = Enumerable.Range(0, orders.Count).Where(i => decisions[i].WarehouseId is not null || orders[i].State != OrderState.Shortage).ToList();
        Shortfalls.Forget(tx, placed.Where(i => orders[i].State == OrderState.Shortage).Select(i => orders[i].OrderId));
        Shortfalls.Keep(tx, news.Where(i => decisions[i].WarehouseId is null).Select(i => (orders[i].OrderId, (IReadOnlyList<DemandLine>)demands[i])));
        await allocator.RecordAsync(tx, [.. news.Select(i => (orders[i].OrderId, decisions[i]))], ct);
        await WriteAsync(tx, [.. news.Select(i => (orders[i], decisions[i]))], actor, ct);
        return placed.Count;
    }

    private async Task WriteAsync(HubTransaction tx, IReadOnlyList<(Waiting Order, AllocationDecision Decision)> news, Actor actor, CancellationToken ct)
    {
        if (news.Count == 0) return;
        var now = clock.GetUtcNow();
        var targets = news.Select(n => n.Decision.WarehouseId is null ? OrderState.Shortage : OrderState.Allocated).ToList();
        await tx.ExecuteAsync("""
            update orders_orders o set state = n.state, state_since = $1, warehouse_id = n.warehouse_id, courier_id = n.courier_id, parts = n.parts::json, review_reasons = null
              from unnest($2, $3, $4, $5, $6) as n(id, state, warehouse_id, courier_id, parts) where o.id = n.id
            """, ct, now, news.Select(n => n.Order.OrderId).ToArray(), targets.Select(t => (short)t).ToArray(),
            news.Select(n => n.Decision.WarehouseId).ToArray(), news.Select(n => n.Decision.CourierId).ToArray(), news.Select(n => OrderParts.Text(n.Decision)).ToArray());
        await tx.ExecuteAsync("""
            insert into orders_timeline (order_id, at, what, to_state, actor, note, trace_id)
            select id, $1, what, state, $2, note, $3 from unnest($4, $5, $6, $7) as n(id, what, state, note)
            """, ct, now, actor.Name, HubTracing.CurrentTraceId, news.Select(n => n.Order.OrderId).ToArray(),
            targets.Select(t => (t == OrderState.Allocated ? OrderTrigger.Allocate : OrderTrigger.RunShort).Chinese()).ToArray(),
            targets.Select(t => (short)t).ToArray(), news.Select(n => n.Decision.Reason).ToArray());
        outbox.Add(tx, news.Select((n, i) => new OrderMoved(n.Order.OrderId, n.Order.ShopId, n.Order.PlatformOrderNo, n.Order.State, targets[i], n.Decision.WarehouseId, now, n.Order.CreatedAt, n.Order.PaidAt)));
    }
}
