using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Outbox;

/// <summary>Wakes a consumer in this process after a commit that had news for it. Across hosts the poll is the safety net.</summary>
public sealed class OutboxSignal(IOptionsMonitor<OutboxOptions> options)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _news = new();

    /// <summary>A transaction with news for the consumer has committed.</summary>
    public void Committed(string consumer)
    {
        if (options.CurrentValue.Wake) Wake(consumer);
    }

    internal void Wake(string consumer)
    {
        var news = NewsFor(consumer);
        if (news.CurrentCount > 0) return; // already awake: one wake-up serves all commits before it
        try { news.Release(); }
        catch (SemaphoreFullException) { /* another commit woke it just now */ }
    }

    internal Task WaitAsync(string consumer, CancellationToken ct) => NewsFor(consumer).WaitAsync(ct);

    private SemaphoreSlim NewsFor(string consumer) => _news.GetOrAdd(consumer, _ => new(0, 1));
}

/// <summary>Section <c>OrderHub:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>False: this host says its news and leaves their delivery to the others.</summary>
    public bool Dispatch { get; set; } = true;

    /// <summary>False: a commit wakes nobody, and consumers find their news when they next look, every 300 ms. May be changed while the host runs.</summary>
    public bool Wake { get; set; } = true;
}

/// <summary>
/// Claims due rows (SKIP LOCKED, so several hosts share the work) and delivers them, each consumer in a loop of its own: a slow one keeps
/// nobody waiting. Their commits do not wait for the disk: what a crash takes back takes the removal back too, and is delivered again; whatever
/// is built on it commits later and carries it along. A failing batch is retried row by row, and a failing row event by event, so one bad event waits alone with its error while the others pass.
/// </summary>
internal sealed class OutboxDispatcher(HubDatabase database, OutboxSignal signal, IEnumerable<OutboxSubscription> subscriptions,
    IServiceScopeFactory scopes, IOptions<OutboxOptions> options, ILogger<OutboxDispatcher> log) : BackgroundService
{
    /// <summary>Rows; each tells of up to <see cref="OutboxRow.MostEvents"/> events.</summary>
    private const int BatchSize = 40;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300), AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Between two deliveries of a consumer: a transaction then carries many events, and at rest nobody notices. A millisecond for each event
    /// it just took, within these bounds: from a thousand a second on, fewer and larger transactions leave more of the machine to those who bring the news.
    /// In such a rush one that is told little rests as long as the others do.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50), GatherAtMost = TimeSpan.FromMilliseconds(300);

    /// <summary>Consumers take turns, so that the orders coming in share the machine with one of them and not with five. A slow one keeps nobody waiting: after this long the next goes ahead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>When the longest rest of any consumer ends, on <see cref="Environment.TickCount64"/>.</summary>
    private long _restUntil;

    protected override Task ExecuteAsync(CancellationToken ct) => !options.Value.Dispatch ? Task.CompletedTask :
        Task.WhenAll(subscriptions.Select(s => RepeatAsync(() => ServeAsync(s, ct), ct)).Append(RepeatAsync(() => WakeDueAsync(ct), ct)));

    private async Task RepeatAsync(Func<Task> round, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await round();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }
            catch (Exception failure)
            {
                log.LogError(failure, "Outbox dispatch failed; trying again in {Pause}", AfterFailure);
                await Task.Delay(AfterFailure, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(OutboxSubscription subscription, CancellationToken ct)
    {
        await signal.WaitAsync(subscription.Consumer, ct);
        var inTurn = await _turn.WaitAsync(Patience, ct);
        var events = 0;
        try
        {
            for (var rows = BatchSize; rows >= BatchSize;) // what came meanwhile has woken us again
            {
                (rows, var taken) = await DeliverBatchAsync(subscription, ct);
                events += taken;
            }
        }
        finally
        {
            if (inTurn) _turn.Release();
        }
        await Task.Delay(RestAfter(events), ct);
    }

    private TimeSpan RestAfter(int events)
    {
        var now = Environment.TickCount64;
        var own = now + Math.Clamp(events, (long)Gather.TotalMilliseconds, (long)GatherAtMost.TotalMilliseconds);
        var others = Volatile.Read(ref _restUntil);
        if (own > others) Volatile.Write(ref _restUntil, own); // of two at once either will do
        return TimeSpan.FromMilliseconds(Math.Max(own, others) - now);
    }

    /// <summary>What other hosts committed, and what was put off and is due again.</summary>
    private async Task WakeDueAsync(CancellationToken ct)
    {
        await Task.Delay(Poll, ct);
        foreach (var consumer in await database.QueryAsync("""
            select c from unnest($1) as n(c) where exists (select from platform_outbox where consumer = c and due_at <= now())
            """, r => r.GetString(0), ct, new object?[] { subscriptions.Select(s => s.Consumer).ToArray() })) signal.Wake(consumer);
    }

    /// <summary>Delivers everything that is due now, for tests and for CLI verbs that must leave nothing behind.</summary>
    internal async Task<int> DrainAsync(CancellationToken ct)
    {
        var total = 0;
        for (var round = 1; round > 0;)
        {
            round = 0;
            foreach (var subscription in subscriptions) round += (await DeliverBatchAsync(subscription, ct)).Rows;
            total += round;
        }
        return total;
    }

    private async Task<(int Rows, int Events)> DeliverBatchAsync(OutboxSubscription subscription, CancellationToken ct)
    {
        try
        {
            return await DeliverAsync(subscription, BatchSize, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "{Consumer} failed on a batch; delivering its events one by one", subscription.Consumer);
            var (rows, events) = (0, 0);
            for (var more = true; more;)
            {
                try
                {
                    var delivered = await DeliverAsync(subscription, 1, ct);
                    more = delivered.Rows > 0;
                    (rows, events) = (rows + delivered.Rows, events + delivered.Events);
                }
                catch (Exception single) when (single is not OperationCanceledException)
                {
                    if (!await SplitFirstAsync(subscription, ct)) await PostponeFirstAsync(subscription, single, ct);
                }
            }
            return (rows, events);
        }
    }

    /// <returns>False when the first row tells of one event only.</returns>
    private Task<bool> SplitFirstAsync(OutboxSubscription subscription, CancellationToken ct) => database.RunAsync(async tx => await tx.ExecuteAsync("""
        with first as (
            select id from platform_outbox where consumer = $1 and due_at <= now() order by due_at, id limit 1 for update skip locked),
        taken as (
            delete from platform_outbox where id = (select id from first) and json_array_length(payload) > 1 returning consumer, payload, due_at)
        insert into platform_outbox (consumer, payload, due_at) select consumer, json_build_array(e), due_at from taken, json_array_elements(payload) as e
        """, ct, subscription.Consumer) > 0, ct);

    private Task<(int Rows, int Events)> DeliverAsync(OutboxSubscription subscription, int atMost, CancellationToken ct) => database.RunAsync<(int Rows, int Events)>(async tx =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var claimed = await tx.QueryAsync("""
            delete from platform_outbox using (select set_config('synchronous_commit', 'off', true)) as later where id in (
                select id from platform_outbox where consumer = $1 and due_at <= now() order by due_at, id limit $2 for update skip locked)
            returning id, payload::text
            """, r => (Id: r.GetInt64(0), Payload: r.GetString(1)), ct, subscription.Consumer, atMost);
        if (claimed.Count == 0) return (0, 0);
        claimed.Sort((a, b) => a.Id.CompareTo(b.Id));
        return (claimed.Count, await subscription.DeliverAsync(scope.ServiceProvider, tx, [.. claimed.Select(c => c.Payload)], ct));
    }, delivered => delivered.Rows > 0, ct);

    /// <summary>1 min, 2, 4 … up to 12 h; the row keeps its error and is listed on the operations page until it passes.</summary>
    private async Task PostponeFirstAsync(OutboxSubscription subscription, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "{Consumer} could not take an event", subscription.Consumer);
        await database.RunAsync(tx => tx.ExecuteAsync("""
            update platform_outbox set attempts = attempts + 1, last_error = left($2, 2000),
                   due_at = now() + least(interval '1 minute' * power(2, least(attempts, 10)), interval '12 hours')
             where id = (select id from platform_outbox where consumer = $1 and due_at <= now() order by due_at, id limit 1 for update skip locked)
            """, ct, subscription.Consumer, failure.Message), ct);
    }
}
