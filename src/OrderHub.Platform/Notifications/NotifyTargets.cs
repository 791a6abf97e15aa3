using System.Text.Json;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Notifications;

internal sealed class NotifyTargets(HubDatabase database, TimeProvider clock) : INotifications
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<int> NotifyAsync(HubTransaction tx, Message message, IReadOnlyCollection<long> targets, long? incidentId, DateTimeOffset? notBefore, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return tx.ExecuteAsync("""
            insert into platform_notifications (target_id, target_name, incident_id, tone, critical, content, state, attempts, created_at, due_at)
            select t.id, t.name, $2::bigint, $3, $4, $5::text::jsonb, 1, 0, $6, $7 from platform_notification_targets t
             where t.enabled and (t.id = any($1) or not exists (select from platform_notification_targets a where a.enabled and a.id = any($1)))
             order by t.id
            """, ct, targets.ToArray(), incidentId, (short)message.Tone, message.IsCritical, JsonSerializer.Serialize(message, Json), now, notBefore ?? now);
    }

    public async Task<IReadOnlyList<TargetName>> TargetsAsync(CancellationToken ct) => await database.QueryAsync(
        "select id, name, kind, enabled from platform_notification_targets order by name",
        r => new TargetName(r.GetInt64(0), r.GetString(1), (TargetKind)r.GetInt16(2), r.GetBoolean(3)), ct);
}
