using OrderHub.AfterSales.Returns;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;

namespace OrderHub.AfterSales.Refunds;

/// <summary>Finds the orders of refunds that came before them, and lets these orders follow.</summary>
internal sealed class JoinRefundsJob(HubDatabase database, IOrderReports reports, ApplyToOrders consequences, OutboxWriter outbox) : IJob
{
    private const int PageSize = 500;

    private sealed record Waiting(long Id, int ShopId, string PlatformOrderNo);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var (seen, joined, after) = (0, 0, 0L);
        while (true)
        {
            var waiting = await database.QueryAsync("select id, shop_id, platform_order_no from aftersales_refunds where order_id is null and id > $1 order by id limit $2",
                r => new Waiting(r.GetInt64(0), r.GetInt32(1), r.GetString(2)), ct, after, PageSize);
            if (waiting.Count == 0) return new JobReport(seen, joined);
            foreach (var shop in waiting.GroupBy(w => w.ShopId)) joined += await JoinAsync(shop.Key, [.. shop], ct);
            seen += waiting.Count;
            after = waiting[^1].Id;
        }
    }

    private async Task<int> JoinAsync(int shopId, IReadOnlyList<Waiting> waiting, CancellationToken ct)
    {
        var arrived = await reports.OrderIdsAsync(shopId, waiting.Select(w => w.PlatformOrderNo).Distinct().ToArray(), ct);
        var pairs = waiting.Where(w => arrived.ContainsKey(w.PlatformOrderNo)).ToDictionary(w => w.Id, w => arrived[w.PlatformOrderNo]);
        if (pairs.Count == 0) return 0;
        return await database.RunAsync(async tx =>
        {
            var locked = await consequences.LockAsync(tx, pairs.Values, ct);
            var joined = await tx.QueryAsync("""
                update aftersales_refunds r set order_id = n.order_id from unnest($1::bigint[], $2::bigint[]) as n(id, order_id)
                 where r.id = n.id and r.order_id is null returning r.id, r.kind <> 1
                """, r => (Id: r.GetInt64(0), Goods: r.GetBoolean(1)), ct, pairs.Keys.ToArray(), pairs.Values.ToArray());
            await consequences.ApplyAsync(tx, [.. locked.Values], ct);
            outbox.Add(tx, joined.Where(j => j.Goods).Select(j => new ReturnChanged(j.Id)));
            return joined.Count;
        }, ct);
    }
}
