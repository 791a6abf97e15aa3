using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Shortages;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Orders.Upkeep;

/// <summary>Orders in SHORTAGE try again. Arriving stock wakes them itself; this is the safety net for what nobody told.</summary>
internal sealed class RetryShortages(HubDatabase database, ICatalog catalogs, ServeShortages serving) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        await AdoptAsync(ct);
        var tried = new HashSet<long>();
        var (seen, placed) = (0, 0);
        bool more;
        do
        {
            var before = tried.ToArray();
            var round = await database.RunAsync(tx =>
            {
                tried = [.. before]; // a lost race runs the round again
                return serving.ServeAsync(tx, null, tried, ct);
            }, ct);
            (seen, placed, more) = (seen + round.Tried, placed + round.Placed, round.Tried == ServeShortages.Most);
        }
        while (more);
        return new JobReport(seen, placed);
    }

    /// <summary>Orders that went short before what they want was kept beside them.</summary>
    private async Task AdoptAsync(CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        bool more;
        do
        {
            more = await database.RunAsync(async tx =>
            {
                var ids = await tx.QueryAsync("select id from orders_orders o where state = 28 and not exists (select 1 from orders_shortages s where s.order_id = o.id) order by created_at, id limit $1",
                    r => r.GetInt64(0), ct, ServeShortages.Most);
                if (ids.Count == 0) return false;
                var orders = await PlaceAgain.LockAsync(tx, ids, ct, OrderState.Shortage);
                Shortfalls.Keep(tx, orders.Select(o => (o.OrderId, (IReadOnlyList<DemandLine>)o.Demand(catalog))));
                return ids.Count == ServeShortages.Most;
            }, ct);
        }
        while (more);
    }
}
