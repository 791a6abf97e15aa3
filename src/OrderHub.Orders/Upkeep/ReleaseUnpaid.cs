using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Locking;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Orders.Upkeep;

/// <summary>
/// Unpaid orders give their stock back after the time of the rule that speaks of them, else the shop's; of several lines the shortest counts.
/// A presale whose deposit is paid keeps its stock until the balance is due. The order itself stays until the platform closes it: should the
/// buyer still pay, it looks for stock anew.
/// </summary>
internal sealed class ReleaseUnpaid(HubDatabase database, ICatalog catalogs, IAllocator allocator, IStockPool pool, TimeProvider clock) : IJob
{
    /// <summary>Of a presale without a rule and without a date for its balance.</summary>
    private static readonly TimeSpan PresaleHold = TimeSpan.FromDays(15);
    private const int BatchSize = 500;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var shops = (await catalogs.CurrentAsync(ct)).Shops;
        var released = 0;
        int round;
        do released += round = await database.RunAsync(tx => ReleaseAsync(tx, shops, ct), ct);
        while (round == BatchSize);
        return new JobReport(released, released);
    }

    private async Task<int> ReleaseAsync(HubTransaction tx, IReadOnlyCollection<Shop> shops, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ids = await tx.QueryAsync($"""
            select o.id
              from orders_orders o
              join unnest($1, $2) as s(shop_id, hold_minutes) on s.shop_id = o.shop_id
             where o.state = 10 and o.warehouse_id is not null
               and $3 > coalesce((o.extras -> 'presale' ->> 'balanceDueAt')::timestamptz, o.created_at + interval '1 minute' * (
                   select min(coalesce(({LockRules.BestRule}), case when o.extras -> 'presale' is null then s.hold_minutes else $4 end))
                     from orders_lines l where l.order_id = o.id))
             order by o.id limit $5 for no key update of o
            """, r => r.GetInt64(0), ct, shops.Select(s => s.Id).ToArray(), shops.Select(s => s.UnpaidHoldHours * 60).ToArray(), now, (int)PresaleHold.TotalMinutes, BatchSize);
        if (ids.Count == 0) return 0;
        await pool.LockAsync(tx, [], ids, ct);
        await pool.ReleaseAsync(tx, ids, ReleaseReason.UnpaidTooLong, Actor.System, ct);
        await allocator.GiveBackAsync(tx, (await allocator.CountedAsync(tx, ids, ct)).SelectMany(places => places), ct);
        await tx.ExecuteAsync("update orders_orders set warehouse_id = null, courier_id = null, parts = null where id = any($1)", ct, ids.ToArray());
        await tx.ExecuteAsync("insert into orders_timeline (order_id, at, what, actor, trace_id) select id, $2, $3, $4, $5 from unnest($1) as n(id)", ct,
            ids.ToArray(), now, "超时未付款，释放库存", Actor.System.Name, HubTracing.CurrentTraceId);
        return ids.Count;
    }
}
