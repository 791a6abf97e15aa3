using System.Text.Json;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications.Senders;

namespace OrderHub.Platform.Notifications.Sending;

/// <summary>A target as a sender needs it; <see cref="Recipient"/> is null when its secrets cannot be read with this installation's keys.</summary>
internal sealed record OpenTarget(long Id, string Name, TargetLanguage Language, Recipient? Recipient);

/// <summary>A message in a worker's hand.</summary>
/// <param name="Attempts">Of the notification tried most often, this one included.</param>
internal sealed record Claimed(long SendId, OpenTarget Target, string LetterId, IReadOnlyList<Message> Messages, int Attempts);

/// <summary>
/// Claiming and settling. A target is in one host's hand at a time, so its messages keep their order (the end never overtakes the
/// beginning) and its minute is counted once over all hosts.
/// </summary>
internal sealed class NotificationQueue(HubDatabase database, NotificationSecrets secrets, TimeProvider clock)
{
    /// <summary>Longer than a call with its time-out can take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private const int LookAhead = 200;
    private static readonly string Columns = "id, name, kind, address_cipher, secret_cipher, keyword, language";

    private sealed record Row(long Id, bool Critical, Message Message, int Attempts);

    public Task<List<long>> DueTargetsAsync(CancellationToken ct) => database.QueryAsync("""
        select t.id from platform_notification_targets t
         where t.enabled and (t.paused_until is null or t.paused_until <= $1) and (t.claimed_until is null or t.claimed_until <= $1)
           and exists (select from platform_notifications n where n.target_id = t.id and n.state = 1 and n.due_at <= $1)
        """, r => r.GetInt64(0), ct, clock.GetUtcNow());

    /// <returns>Null when the target is in other hands, nothing waits, or its minute is used up.</returns>
    public Task<Claimed?> ClaimAsync(long targetId, CancellationToken ct) => database.RunAsync<Claimed?>(async tx =>
    {
        var now = clock.GetUtcNow();
        var targets = await tx.QueryAsync($"""
            select {Columns} from platform_notification_targets
             where id = $1 and enabled and (paused_until is null or paused_until <= $2) and (claimed_until is null or claimed_until <= $2) for update skip locked
            """, Open, ct, targetId, now);
        if (targets is not [var target]) return null;
        var waiting = await tx.QueryAsync("select id, critical, content::text, attempts from platform_notifications where target_id = $1 and state = 1 and due_at <= $2 order by due_at, id limit $3",
            r => new Row(r.GetInt64(0), r.GetBoolean(1), JsonSerializer.Deserialize<Message>(r.GetString(2), NotifyTargets.Json)!, r.GetInt32(3)), ct, targetId, now, LookAhead);
        var used = await tx.QueryAsync("select count(*)::int from platform_notification_sends where target_id = $1 and started_at > $2", r => r.GetInt32(0), ct, targetId, now - Pace.Window);
        var next = Pace.Next([.. waiting.Select(w => new Waiting(w.Id, w.Critical))], used[0]).ToHashSet();
        if (next.Count == 0) return null;
        var rows = waiting.Where(w => next.Contains(w.Id)).ToList();
        var send = await StartAsync(tx, targetId, rows.Count, ct);
        await tx.ExecuteAsync("update platform_notifications set send_id = $2, attempts = attempts + 1 where id = any($1)", ct, next.ToArray(), send);
        await tx.ExecuteAsync("update platform_notification_targets set claimed_until = $2 where id = $1", ct, targetId, now + Lease);
        return new Claimed(send, target, $"n{rows[0].Id}-{rows.Count}", [.. rows.Select(r => r.Message)], rows.Max(r => r.Attempts) + 1);
    }, ct);

    public Task SettleAsync(Claimed claimed, SendOutcome outcome, TimeSpan took, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var now = clock.GetUtcNow();
        await FinishAsync(tx, claimed.SendId, outcome, took, ct);
        var givenUp = outcome.Result == SendResult.Refused || outcome.Result == SendResult.Later && claimed.Attempts >= SendBackoff.Most;
        var state = outcome.Result == SendResult.Sent ? NotificationState.Sent : givenUp ? NotificationState.Refused : NotificationState.Waiting;
        // asked to wait is not a failed attempt
        var uncounted = state == NotificationState.Waiting && outcome.Wait is not null ? 1 : 0;
        await tx.ExecuteAsync("""
            update platform_notifications set state = $2, settled_at = case when $2 = 1 then null else $3 end, last_error = left($4::text, 1000), attempts = attempts - $5
             where send_id = $1 and state = 1
            """, ct, claimed.SendId, (short)state, now, outcome.Error, uncounted);
        var pause = state == NotificationState.Waiting || outcome.Wait is not null ? outcome.Wait ?? SendBackoff.After(claimed.Attempts) : (TimeSpan?)null;
        await tx.ExecuteAsync("update platform_notification_targets set claimed_until = null, paused_until = $2::timestamptz where id = $1", ct, claimed.Target.Id, now + pause);
    }, ct);

    /// <summary>Outside the queue: a person tries a target and waits for the answer. Its message counts into the minute too.</summary>
    public async Task<OpenTarget?> FindAsync(long targetId, CancellationToken ct) =>
        (await database.QueryAsync($"select {Columns} from platform_notification_targets where id = $1", Open, ct, targetId)).FirstOrDefault();

    public Task<long> StartAsync(long targetId, CancellationToken ct) => database.RunAsync(tx => StartAsync(tx, targetId, 1, ct), ct);

    public Task FinishAsync(long sendId, SendOutcome outcome, TimeSpan took, CancellationToken ct) => database.RunAsync(tx => FinishAsync(tx, sendId, outcome, took, ct), ct);

    private async Task<long> StartAsync(HubTransaction tx, long targetId, int notifications, CancellationToken ct) => (await tx.QueryAsync(
        "insert into platform_notification_sends (target_id, started_at, notifications, trace_id) values ($1, $2, $3, $4) returning id",
        r => r.GetInt64(0), ct, targetId, clock.GetUtcNow(), notifications, HubTracing.CurrentTraceId))[0];

    private static Task FinishAsync(HubTransaction tx, long sendId, SendOutcome outcome, TimeSpan took, CancellationToken ct) => tx.ExecuteAsync(
        "update platform_notification_sends set result = $2, error = left($3::text, 1000), took_ms = $4 where id = $1", ct, sendId, (short)outcome.Result, outcome.Error, (int)took.TotalMilliseconds);

    private OpenTarget Open(Npgsql.NpgsqlDataReader r)
    {
        var address = secrets.TryReveal(r.GetString(3));
        var secret = r.Text(4) is { } cipher ? secrets.TryReveal(cipher) : "";
        return new(r.GetInt64(0), r.GetString(1), (TargetLanguage)r.GetInt16(6),
            address is null || secret is null ? null : new((TargetKind)r.GetInt16(2), address, secret.Length > 0 ? secret : null, r.Text(5)));
    }
}
