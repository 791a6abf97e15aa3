using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Deliveries;

/// <summary>
/// Shipments done long ago go; their note stays on the order's timeline. Half a year is longer than an order can come back to Shipped.
/// Hints go after two weeks.
/// </summary>
internal sealed class PruneDeliveriesJob(HubDatabase database, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var removed = await database.RunAsync(async tx =>
            await tx.ExecuteAsync("delete from channels_deliveries where kind = 1 and state in (2, 5) and settled_at < $1", ct, now - TimeSpan.FromDays(180))
            + await tx.ExecuteAsync("delete from channels_hints where state <> 1 and received_at < $1", ct, now - TimeSpan.FromDays(14)), ct);
        return new(removed, removed);
    }
}
