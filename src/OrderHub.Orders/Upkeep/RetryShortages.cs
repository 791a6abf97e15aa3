using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Orders.Upkeep;

/// <summary>Orders without stock try again, earliest ship-by first, then earliest paid.</summary>
internal sealed class RetryShortages(HubDatabase database, PlaceAgain placing) : IJob
{
    private const int BatchSize = 100, MostPerRun = 5_000;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var waiting = await database.QueryAsync(
            "select id from orders_orders where state = 28 order by ship_by nulls last, paid_at, id limit $1", r => r.GetInt64(0), ct, MostPerRun);
        var placed = 0;
        foreach (var batch in waiting.Chunk(BatchSize))
            placed += await database.RunAsync(async tx =>
            {
                var fair = batch.Select((id, place) => (id, place)).ToDictionary(x => x.id, x => x.place);
                var orders = await PlaceAgain.LockAsync(tx, batch, ct, OrderState.Shortage);
                return await placing.PlaceAsync(tx, [.. orders.OrderBy(o => fair[o.OrderId])], Actor.System, ct);
            }, ct);
        return new JobReport(waiting.Count, placed);
    }
}
