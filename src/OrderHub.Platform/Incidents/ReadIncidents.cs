using System.Text.Json;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Incidents;

/// <param name="Before">Id of the last one on the page before; null = the first page.</param>
internal sealed record IncidentFilter(IncidentScope Scope, string? Search, long? Before);

internal enum IncidentScope { Open, Past, All }

public sealed record IncidentRow(long Id, string Key, Words Title, IReadOnlyList<Fact> Facts, string? Link, bool IsCritical,
    DateTimeOffset OpenedAt, DateTimeOffset LastSeenAt, int Occurrences, DateTimeOffset? ClosedAt, int Relapses, IReadOnlyList<ToldRow> Told);

/// <summary>Who was told of the beginning or the end, and how it went.</summary>
public sealed record ToldRow(long IncidentId, string Target, MessageTone Tone, NotificationState State, DateTimeOffset DueAt, DateTimeOffset? SettledAt, int Attempts, string? Error);

internal sealed record IncidentPage(IReadOnlyList<IncidentRow> Rows, bool HasMore, int OpenCount);

internal sealed class ReadIncidents(HubDatabase database)
{
    public const int PageSize = 30;

    public async Task<int> CountOpenAsync(CancellationToken ct) =>
        (await database.QueryAsync("select count(*)::int from platform_incidents where closed_at is null", r => r.GetInt32(0), ct))[0];

    public async Task<IncidentPage> PageAsync(IncidentFilter filter, CancellationToken ct)
    {
        var pattern = string.IsNullOrWhiteSpace(filter.Search) ? null : $"%{filter.Search.Trim().Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var rows = await database.QueryAsync("""
            select id, key, title::text, facts::text, link, critical, opened_at, last_seen_at, occurrences, closed_at, relapses from platform_incidents
             where ($1 = 2 or (closed_at is null) = ($1 = 0)) and ($2::bigint is null or id < $2) and ($3::text is null or key ilike $3 or title::text ilike $3 or facts::text ilike $3)
             order by id desc limit $4
            """, r => new IncidentRow(r.GetInt64(0), r.GetString(1), Read<Words>(r.GetString(2)), Read<List<Fact>>(r.GetString(3)), r.Text(4), r.GetBoolean(5),
                r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<DateTimeOffset>(7), r.GetInt32(8), r.Nullable<DateTimeOffset>(9), r.GetInt32(10), []),
            ct, (int)filter.Scope, filter.Before, pattern, PageSize + 1);
        var shown = rows.Take(PageSize).ToList();
        var told = (await ToldAsync([.. shown.Select(r => r.Id)], ct)).ToLookup(t => t.IncidentId);
        return new([.. shown.Select(r => r with { Told = [.. told[r.Id]] })], rows.Count > PageSize, await CountOpenAsync(ct));
    }

    private Task<List<ToldRow>> ToldAsync(long[] incidents, CancellationToken ct) => database.QueryAsync("""
        select incident_id, target_name, tone, state, due_at, settled_at, attempts, last_error from platform_notifications where incident_id = any($1) order by id
        """, r => new ToldRow(r.GetInt64(0), r.GetString(1), (MessageTone)r.GetInt16(2), (NotificationState)r.GetInt16(3), r.GetFieldValue<DateTimeOffset>(4),
            r.Nullable<DateTimeOffset>(5), r.GetInt32(6), r.Text(7)), ct, incidents);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, NotifyTargets.Json)!;
}
