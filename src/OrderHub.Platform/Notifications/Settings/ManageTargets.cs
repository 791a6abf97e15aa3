using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

/// <summary>A target as the settings page lists it; no secrets.</summary>
/// <param name="LastAt">When a message last went to it, and how that ended: null while it runs.</param>
public sealed record TargetRow(long Id, string Name, TargetKind Kind, string Shown, bool HasSecret, string? Keyword, bool InEnglish, bool Enabled,
    int Waiting, DateTimeOffset? PausedUntil, DateTimeOffset? LastAt, short? LastResult, string? LastError);

internal sealed class ManageTargets(HubDatabase database, NotificationSecrets secrets, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    private const int LongestName = 60;

    public async Task<IReadOnlyList<TargetRow>> ListAsync(CancellationToken ct) => await database.QueryAsync("""
        select t.id, t.name, t.kind, t.shown, t.secret_cipher is not null, t.keyword, t.language, t.enabled,
               (select count(*)::int from platform_notifications n where n.target_id = t.id and n.state = 1 and n.due_at <= $1),
               case when t.paused_until > $1 then t.paused_until end, s.started_at, s.result, s.error
          from platform_notification_targets t
          left join lateral (select started_at, result, error from platform_notification_sends where target_id = t.id order by started_at desc limit 1) s on true
         order by t.name
        """, r => new TargetRow(r.GetInt64(0), r.GetString(1), (TargetKind)r.GetInt16(2), r.GetString(3), r.GetBoolean(4), r.Text(5), (TargetLanguage)r.GetInt16(6) == TargetLanguage.English,
            r.GetBoolean(7), r.GetInt32(8), r.Nullable<DateTimeOffset>(9), r.Nullable<DateTimeOffset>(10), r.Nullable<short>(11), r.Text(12)), ct, clock.GetUtcNow());

    public async Task<long?> FindAsync(string name, CancellationToken ct) =>
        (await database.QueryAsync("select id from platform_notification_targets where name = $1", r => (long?)r.GetInt64(0), ct, name)).FirstOrDefault();

    public Task<Result<long>> SaveAsync(TargetDraft draft, CancellationToken ct) => SaveAsync(draft, current.Actor, ct);

    /// <returns>The target's id.</returns>
    public async Task<Result<long>> SaveAsync(TargetDraft draft, Actor actor, CancellationToken ct)
    {
        var name = draft.Name.Trim();
        if (name.Length is 0 or > LongestName) return NotificationErrors.NameMissing;
        string? address = null;
        if (!string.IsNullOrWhiteSpace(draft.Address))
        {
            var kept = TargetRules.Check(draft.Kind, draft.Address);
            if (kept.Error is { } wrong) return wrong;
            address = kept.Value;
        }
        else if (draft.Id is null) return NotificationErrors.AddressMissing;
        return await database.RunAsync<Result<long>>(async tx =>
        {
            var same = await tx.QueryAsync("select id from platform_notification_targets where name = $1 and id is distinct from $2::bigint", r => r.GetInt64(0), ct, name, draft.Id);
            if (same.Count > 0) return NotificationErrors.NameTaken(name);
            var written = await tx.QueryAsync(draft.Id is null ? Insert : Update, r => (Id: r.GetInt64(0), Shown: r.GetString(1)), ct, name, (short)draft.Kind,
                address is null ? null : secrets.Protect(address), string.IsNullOrWhiteSpace(draft.Secret) ? null : secrets.Protect(draft.Secret.Trim()),
                string.IsNullOrWhiteSpace(draft.Keyword) ? null : draft.Keyword.Trim(), address is null ? null : TargetRules.Shown(draft.Kind, address),
                (short)(draft.InEnglish ? TargetLanguage.English : TargetLanguage.Chinese), draft.Id is { } id ? id : clock.GetUtcNow());
            if (written is not [var target]) return NotificationErrors.TargetGone();
            await audit.WriteAsync(tx, actor, "platform.target_saved", name, null, null,
                new { draft.Kind, target.Shown, AddressChanged = address is not null, SecretChanged = !string.IsNullOrWhiteSpace(draft.Secret), draft.Keyword, draft.InEnglish }, ct);
            return target.Id;
        }, ct);
    }

    public Task<Result> EnableAsync(long id, bool enabled, CancellationToken ct) => ChangeAsync(id, enabled ? "platform.target_enabled" : "platform.target_disabled",
        "update platform_notification_targets set enabled = $2, paused_until = null where id = $1 returning name", enabled, ct);

    public Task<Result> DeleteAsync(long id, CancellationToken ct) => ChangeAsync(id, "platform.target_deleted",
        "delete from platform_notification_targets where id = $1 and not $2 returning name", false, ct);

    /// <summary>A target that is switched off gets no old news when it is switched on again.</summary>
    private Task<Result> ChangeAsync(long id, string action, string sql, bool enabled, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        var names = await tx.QueryAsync(sql, r => r.GetString(0), ct, id, enabled);
        if (names is not [var name]) return NotificationErrors.TargetGone();
        if (!enabled) await tx.ExecuteAsync("update platform_notifications set state = 4, settled_at = $2 where target_id = $1 and state = 1", ct, id, clock.GetUtcNow());
        await audit.WriteAsync(tx, current.Actor, action, name, null, null, null, ct);
        return Result.Ok;
    }, ct);

    private const string Insert = """
        insert into platform_notification_targets (name, kind, address_cipher, secret_cipher, keyword, shown, language, enabled, created_at)
        values ($1, $2, $3, $4::text, $5::text, $6, $7, true, $8) returning id, shown
        """;

    private const string Update = """
        update platform_notification_targets set name = $1, address_cipher = coalesce($3::text, address_cipher), secret_cipher = coalesce($4::text, secret_cipher),
               keyword = $5::text, shown = coalesce($6::text, shown), language = $7, paused_until = null
         where id = $8 and kind = $2 returning id, shown
        """;
}
