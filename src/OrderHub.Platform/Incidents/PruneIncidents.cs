using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Platform.Incidents;

/// <summary>Past trouble is kept for half a year, as long as who was told of it.</summary>
internal sealed class PruneIncidents(HubDatabase database, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var gone = await database.RunAsync(tx => tx.ExecuteAsync("delete from platform_incidents where closed_at < $1", ct, clock.GetUtcNow() - Kept), ct);
        return new JobReport(gone, gone);
    }
}
