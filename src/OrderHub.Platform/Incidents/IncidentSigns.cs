using OrderHub.Platform.Notifications;

namespace OrderHub.Platform.Incidents;

/// <summary>How incidents and what was told of them look and read; the words are localizer keys.</summary>
internal static class IncidentSigns
{
    public static string Tone(IncidentRow row) => row.ClosedAt is not null ? "signed" : row.IsCritical ? "problem" : "warehouse";
    public static string Icon(IncidentRow row) => row.ClosedAt is not null ? "check_circle" : row.IsCritical ? "error" : "warning";
    public static string Word(IncidentRow row) => row.ClosedAt is not null ? "已恢复" : "进行中";

    public static string Word(NotificationState state) => state switch
    {
        NotificationState.Waiting => "待发送",
        NotificationState.Sent => "已发送",
        NotificationState.Refused => "发送失败",
        _ => "已取消",
    };

    public static string Icon(NotificationState state) => state switch
    {
        NotificationState.Waiting => "schedule",
        NotificationState.Sent => "check",
        NotificationState.Refused => "error",
        _ => "do_not_disturb_on",
    };

    public static string Word(MessageTone tone) => tone == MessageTone.Recovery ? "恢复通知" : "告警通知";

    /// <summary>What needs a look first: a failure, then what still waits.</summary>
    public static NotificationState Worst(IEnumerable<ToldRow> told)
    {
        var states = told.Select(t => t.State).ToList();
        return states.Contains(NotificationState.Refused) ? NotificationState.Refused : states.Contains(NotificationState.Waiting) ? NotificationState.Waiting
            : states.Contains(NotificationState.Sent) ? NotificationState.Sent : NotificationState.Dropped;
    }
}
