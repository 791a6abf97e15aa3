using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Calls;

/// <summary>Stores the interface log twice a second. Losing its last half second in a crash loses no business.</summary>
internal sealed class WriteCalls(CallLog log, HubDatabase database, TimeProvider clock, ILogger<WriteCalls> logger) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (await log.Lines.WaitToReadAsync(ct))
        {
            await Task.Delay(Gathering, clock, ct);
            try
            {
                await WriteAsync(ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                logger.LogWarning(failure, "Part of the interface log could not be stored");
            }
        }
    }

    /// <summary>Everything collected so far.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var batch = new List<PlatformCall>(AtOnce);
        while (log.Lines.TryRead(out var call))
        {
            batch.Add(call);
            if (batch.Count == AtOnce) await StoreAsync();
        }
        if (batch.Count > 0) await StoreAsync();

        async Task StoreAsync()
        {
            await database.RunAsync(tx => InsertAsync(tx, batch, ct), ct);
            batch.Clear();
        }
    }

    private static async Task InsertAsync(HubTransaction tx, List<PlatformCall> calls, CancellationToken ct)
    {
        await tx.ExecuteAsync("""
            insert into channels_calls (shop_id, at, method, trace_id, delivery_id, outcome, status, took_ms, reply_bytes, error, request, reply)
            select * from unnest($1, $2, $3, $4, $5::bigint[], $6, $7::smallint[], $8, $9, $10::text[], $11::text[], $12::text[])
            """, ct, calls.Select(c => c.ShopId).ToArray(), calls.Select(c => c.At).ToArray(), calls.Select(c => c.Method).ToArray(), calls.Select(c => c.TraceId).ToArray(),
            calls.Select(c => c.DeliveryId).ToArray(), calls.Select(c => (short)c.Outcome).ToArray(), calls.Select(c => c.Status).ToArray(), calls.Select(c => c.TookMs).ToArray(),
            calls.Select(c => c.ReplyBytes).ToArray(), calls.Select(c => Storable(c.Error)).ToArray(), calls.Select(c => Storable(c.Request)).ToArray(), calls.Select(c => Storable(c.Reply)).ToArray());
        // ordered, so that two hosts counting the same minutes do not deadlock
        await tx.ExecuteAsync("""
            insert into channels_call_minutes as m (shop_id, minute, done, refused, outages, took_ms)
            select shop, date_trunc('minute', at), count(*) filter (where outcome = 1), count(*) filter (where outcome = 2), count(*) filter (where outcome in (0, 3)), sum(took)
              from unnest($1, $2, $3, $4) as n(shop, at, outcome, took) group by 1, 2 order by 1, 2
            on conflict (shop_id, minute) do update
               set done = m.done + excluded.done, refused = m.refused + excluded.refused, outages = m.outages + excluded.outages, took_ms = m.took_ms + excluded.took_ms
            """, ct, calls.Select(c => c.ShopId).ToArray(), calls.Select(c => c.At).ToArray(), calls.Select(c => (short)c.Outcome).ToArray(), calls.Select(c => c.TookMs).ToArray());
    }

    private static string? Storable(string? text) => text?.Replace('\0', '\u2400');
}

/// <summary>Good reads go after a day, the rest after a month.</summary>
internal sealed class PruneCallsJob(HubDatabase database, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var removed = await database.RunAsync(async tx =>
            await tx.ExecuteAsync("delete from channels_calls where at < $1 and (at < $2 or (outcome = 1 and delivery_id is null))", ct, now - TimeSpan.FromDays(1), now - TimeSpan.FromDays(30))
            + await tx.ExecuteAsync("delete from channels_call_minutes where minute < $1", ct, now - TimeSpan.FromDays(30)), ct);
        return new(removed, removed);
    }
}
