using System.Globalization;
using System.Text.Json;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Incidents;

internal sealed class TrackIncidents(INotifications notifications, TimeProvider clock) : IIncidents
{
    private sealed record Ended(long Id, Words Title, string? Link, DateTimeOffset OpenedAt, int Occurrences, long[] Told);

    public async Task OpenAsync(HubTransaction tx, IncidentKey key, IncidentNews news, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await ReviveAsync(tx, key, now, ct);
        var rows = await tx.QueryAsync("""
            insert into platform_incidents as i (key, title, facts, link, critical, evidence, opened_at, last_seen_at, occurrences, relapses)
            values ($1, $2::text::jsonb, $3::text::jsonb, $4::text, $5, $6::text, $7, $7, 1, 0)
            on conflict (key) where closed_at is null do update
               set title = excluded.title, facts = excluded.facts, link = excluded.link, critical = excluded.critical, evidence = excluded.evidence, last_seen_at = excluded.last_seen_at,
                   occurrences = i.occurrences + case when excluded.evidence is not null and i.evidence = excluded.evidence then 0 else 1 end
            returning id, xmax = 0
            """, r => (Id: r.GetInt64(0), IsNew: r.GetBoolean(1)), ct, key.ToString(), Json(news.Title), Json(news.Facts), news.Link, news.IsCritical, news.Evidence, now);
        if (rows[0].IsNew) await notifications.NotifyAsync(tx, new(MessageTone.Alarm, news.Title, news.Facts, news.Link, news.IsCritical, now), news.Owners, rows[0].Id, null, ct);
    }

    public async Task CloseAsync(HubTransaction tx, IncidentKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var closed = await tx.QueryAsync("""
            update platform_incidents i set closed_at = $2 where key = $1 and closed_at is null
            returning id, title::text, link, opened_at, occurrences, array(select distinct target_id from platform_notifications n where n.incident_id = i.id)
            """, r => new Ended(r.GetInt64(0), JsonSerializer.Deserialize<Words>(r.GetString(1), NotifyTargets.Json)!, r.Text(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4), r.GetFieldValue<long[]>(5)), ct, key.ToString(), now);
        if (closed is not [{ Told.Length: > 0 } ended]) return; // who heard of no beginning hears of no end
        Fact[] facts = [new("持续", new("{0} 分钟", Minutes(now - ended.OpenedAt))), new("发生次数", new(ended.Occurrences.ToString(CultureInfo.InvariantCulture)))];
        await notifications.NotifyAsync(tx, new(MessageTone.Recovery, ended.Title, facts, ended.Link, false, now), ended.Told, ended.Id, now + IIncidents.Quiet, ct);
    }

    public async Task<IReadOnlyList<IncidentKey>> ListOpenAsync(HubTransaction tx, string kind, CancellationToken ct) => await tx.QueryAsync(
        "select substr(key, length($1) + 2) from platform_incidents where closed_at is null and starts_with(key, $1 || ':') order by id", r => new IncidentKey(kind, r.GetString(0)), ct, kind);

    /// <summary>Back within the quiet time, before anybody was told of the end: it goes on, and the news of its end is taken back.</summary>
    private static async Task ReviveAsync(HubTransaction tx, IncidentKey key, DateTimeOffset now, CancellationToken ct)
    {
        var last = await tx.QueryAsync("select id, closed_at > $2 from platform_incidents where key = $1 order by id desc limit 1 for update",
            r => (Id: r.GetInt64(0), JustClosed: !r.IsDBNull(1) && r.GetBoolean(1)), ct, key.ToString(), now - IIncidents.Quiet);
        if (last is not [{ JustClosed: true } incident]) return;
        // locked, so that a worker has either taken the news of the end already or finds it gone
        var ends = await tx.QueryAsync("select send_id is null and state in (1, 4) from platform_notifications where incident_id = $1 and tone = 2 for update", r => r.GetBoolean(0), ct, incident.Id);
        if (ends.Contains(false)) return;
        await tx.ExecuteAsync("delete from platform_notifications where incident_id = $1 and tone = 2", ct, incident.Id);
        await tx.ExecuteAsync("update platform_incidents set closed_at = null, relapses = relapses + 1 where id = $1", ct, incident.Id);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, NotifyTargets.Json);

    private static string Minutes(TimeSpan took) => Math.Max(1, (int)Math.Ceiling(took.TotalMinutes)).ToString(CultureInfo.InvariantCulture);
}
