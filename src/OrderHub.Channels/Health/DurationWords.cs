using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Health;

internal static class DurationWords
{
    /// <summary>The largest unit is enough to judge by.</summary>
    public static string Duration(this HubLocalizer texts, TimeSpan? time) => time switch
    {
        null => "—",
        { TotalMinutes: < 1 } => texts["{0} 秒", Math.Max(0, (int)time.Value.TotalSeconds)],
        { TotalHours: < 1 } => texts["{0} 分钟", (int)time.Value.TotalMinutes],
        { TotalDays: < 1 } => texts["{0} 小时", (int)time.Value.TotalHours],
        _ => texts["{0} 天", (int)time.Value.TotalDays],
    };
}
