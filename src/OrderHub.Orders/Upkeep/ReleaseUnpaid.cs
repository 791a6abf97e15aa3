using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Orders.Upkeep;

/// <summary>
/// Unpaid orders give their stock back after the shop's time. The order itself stays until the platform closes it: should the buyer
/// still pay, it looks for stock anew.
/// </summary>
internal sealed class ReleaseUnpaid(HubDatabase database, ICatalog catalogs, IStockPool pool, IOrderFlow flow, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var released = 0;
        foreach (var shop in (await catalogs.CurrentAsync(ct)).Shops)
        {
            var before = clock.GetUtcNow().AddHours(-shop.UnpaidHoldHours);
            released += await database.RunAsync(async tx =>
            {
                var ids = await tx.QueryAsync("""
                    select id from orders_orders where state = 10 and shop_id = $1 and created_at < $2 and warehouse_id is not null
                     order by id limit 500 for no key update
                    """, r => r.GetInt64(0), ct, shop.Id, before);
                if (ids.Count == 0) return 0;
                await pool.LockAsync(tx, [], ids, ct);
                await pool.ReleaseAsync(tx, ids, ReleaseReason.UnpaidTooLong, Actor.System, ct);
                await tx.ExecuteAsync("update orders_orders set warehouse_id = null, courier_id = null where id = any($1)", ct, ids.ToArray());
                foreach (var id in ids) await flow.NoteAsync(tx, id, "超时未付款，释放库存", Actor.System, null, ct);
                return ids.Count;
            }, ct);
        }
        return new JobReport(released, released);
    }
}
