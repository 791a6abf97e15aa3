using Microsoft.Extensions.Configuration;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Inbox;

/// <summary>
/// The bodies of old payloads go, oldest first; their rows stay, so that the same payload is still recognised. What is in quarantine is kept
/// whatever its age. The age is <c>OrderHub:Channels:InboxPayloadDays</c>, at least two weeks: the completeness proof looks that far back.
/// </summary>
internal sealed class PruneInboxJob(HubDatabase database, IConfiguration configuration, TimeProvider clock) : IJob
{
    public const string Key = "OrderHub:Channels:InboxPayloadDays";
    private const int DefaultDays = 90, FewestDays = 14, Batch = 2_000;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(Math.Max(FewestDays, configuration.GetValue(Key, DefaultDays)));
        // everything older than the newest emptied body was dealt with before
        var from = (await database.QueryAsync("select received_at from channels_inbox where received_at < $1 and payload = '' order by received_at desc limit 1",
            r => (DateTimeOffset?)r.GetFieldValue<DateTimeOffset>(0), ct, before)).FirstOrDefault() ?? DateTimeOffset.UnixEpoch;
        int emptied, all = 0;
        do
        {
            emptied = await database.RunAsync(tx => tx.ExecuteAsync("""
                update channels_inbox set payload = '' where id = any(array(
                    select id from channels_inbox where received_at >= $1 and received_at < $2 and state in (2, 3, 4) and payload <> '' order by received_at, id limit $3))
                """, ct, from, before, Batch), ct);
            all += emptied;
        } while (emptied == Batch);
        return new(all, all);
    }
}
