using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Platform.Notifications;

/// <summary>Who was told what is kept for half a year.</summary>
internal sealed class PruneNotifications(HubDatabase database, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var oldest = clock.GetUtcNow() - Kept;
        var gone = await database.RunAsync(async tx =>
            await tx.ExecuteAsync("delete from platform_notifications where settled_at < $1", ct, oldest)
            + await tx.ExecuteAsync("delete from platform_notification_sends where started_at < $1", ct, oldest), ct);
        return new JobReport(gone, gone);
    }
}
