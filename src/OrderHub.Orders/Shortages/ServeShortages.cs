using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Shortages;

/// <summary>
/// Gives what came in to the orders that wait for it, in <see cref="FairOrder"/>. One at a time in the whole database: two passes side by side
/// would each be fair and together not. Lock order: this turn, then the orders ascending, then the SKUs ascending (isolation READ COMMITTED).
/// </summary>
internal sealed class ServeShortages(IStockReader stock, PlaceAgain placing)
{
    /// <summary>Orders that are locked and tried at a time.</summary>
    public const int Most = 500;

    /// <param name="skuIds">Null = whatever is waited for.</param>
    /// <param name="tried">Orders that this pass has tried before and passes over; those tried now are added.</param>
    /// <returns>How many were tried, and how many found a warehouse. Fewer than <see cref="Most"/> tried: nobody is left who could.</returns>
    public async Task<(int Tried, int Placed)> ServeAsync(HubTransaction tx, int[]? skuIds, HashSet<long> tried, CancellationToken ct)
    {
        if (await FreeAsync(await WaitedForAsync(tx, skuIds, ct), ct) is not { Count: > 0 } arrived) return (0, 0);
        await tx.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('orders.shortages', 0))", ct);
        var free = await FreeAsync(await tx.QueryAsync("""
            select distinct other.sku_id from orders_shortages s join orders_shortages other on other.order_id = s.order_id where s.sku_id = any($1)
            """, r => r.GetInt32(0), ct, arrived.Keys.ToArray()), ct);
        // Who wants more than all warehouses have together need not be locked and tried.
        var fair = await tx.QueryAsync($"""
            select o.id
              from orders_orders o {FairOrder.Joins}
              join (select s.order_id from orders_shortages s left join unnest($1, $2) as f(sku_id, pieces) on f.sku_id = s.sku_id
                     where s.order_id in (select order_id from orders_shortages where sku_id = any($3)) and s.order_id <> all($4)
                     group by s.order_id having bool_and(s.wanted <= coalesce(f.pieces, 0))) possible on possible.order_id = o.id
             where o.state = 28
             order by {FairOrder.Columns} limit $5
            """, r => r.GetInt64(0), ct, free.Keys.ToArray(), free.Values.ToArray(), arrived.Keys.ToArray(), tried.ToArray(), Most);
        tried.UnionWith(fair);
        if (fair.Count == 0) return (0, 0);
        var place = fair.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);
        var orders = await PlaceAgain.LockAsync(tx, fair, ct, OrderState.Shortage);
        return (fair.Count, await placing.PlaceAsync(tx, [.. orders.OrderBy(o => place[o.OrderId])], Actor.System, ct));
    }

    private static Task<List<int>> WaitedForAsync(HubTransaction tx, int[]? skuIds, CancellationToken ct) => skuIds is null
        ? tx.QueryAsync("select distinct sku_id from orders_shortages", r => r.GetInt32(0), ct)
        : tx.QueryAsync("select sku_id from unnest($1) as came(sku_id) where exists (select 1 from orders_shortages s where s.sku_id = came.sku_id)", r => r.GetInt32(0), ct, skuIds);

    /// <summary>Free pieces by SKU; those without any are absent.</summary>
    private async Task<Dictionary<int, int>> FreeAsync(List<int> skuIds, CancellationToken ct) => skuIds.Count == 0 ? []
        : (await stock.PublishableAsync(skuIds, ct)).Where(s => s.Available > 0).ToDictionary(s => s.SkuId, s => s.Available);
}
