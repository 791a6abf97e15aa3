using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Pulling;

/// <summary>The pull log is for finding faults; after two weeks nobody looks at it.</summary>
internal sealed class PrunePullsJob(HubDatabase database, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var removed = await database.RunAsync(tx => tx.ExecuteAsync("delete from channels_pulls where started_at < $1", ct, clock.GetUtcNow() - Kept), ct);
        return new(removed, removed);
    }
}
