using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Platform.Notifications.Sending;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Notifications.Settings;

/// <summary>Sends a test message at once and tells what the platform answered.</summary>
internal sealed class TryTarget(HubDatabase database, NotificationQueue queue, SendNotifications sending, Letters letters, CurrentActor current, TimeProvider clock)
{
    public async Task<Result> HandleAsync(long targetId, CancellationToken ct)
    {
        if (await queue.FindAsync(targetId, ct) is not { } target) return NotificationErrors.TargetGone();
        var used = await database.QueryAsync("select count(*)::int from platform_notification_sends where target_id = $1 and started_at > $2", r => r.GetInt32(0), ct, targetId, clock.GetUtcNow() - Pace.Window);
        if (used[0] >= Pace.PerMinute) return NotificationErrors.MinuteUsedUp;
        var message = new Message(MessageTone.Information, new("测试消息：{0} 已接通", target.Name), [new("发送人", new(current.Actor.Name))], "/settings/notifications", false, clock.GetUtcNow());
        var send = await queue.StartAsync(targetId, ct);
        var began = clock.GetTimestamp();
        var outcome = await sending.SendAsync(target, letters.Write($"t{send}", [message], target.Language), ct);
        await queue.FinishAsync(send, outcome, clock.GetElapsedTime(began), ct);
        return outcome.Result == SendResult.Sent ? Result.Ok : NotificationErrors.TestFailed(outcome.Error ?? "");
    }
}
