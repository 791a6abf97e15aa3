using OrderHub.Platform.Texts;

namespace OrderHub.Warehousing.Floor;

/// <summary>A deadline as colleagues say it; never colour alone.</summary>
internal static class DeadlineText
{
    public static string Of(HubLocalizer texts, DateTimeOffset deadline, DateTimeOffset now)
    {
        var left = deadline - now;
        var (amount, isLate) = (left.Duration(), left < TimeSpan.Zero);
        return amount.TotalMinutes < 60 ? texts[isLate ? "已超 {0} 分钟" : "剩 {0} 分钟", (int)amount.TotalMinutes]
            : amount.TotalHours < 48 ? texts[isLate ? "已超 {0} 小时" : "剩 {0} 小时", (int)amount.TotalHours]
            : texts[isLate ? "已超 {0} 天" : "剩 {0} 天", (int)amount.TotalDays];
    }

    public static string CssClass(DateTimeOffset deadline, DateTimeOffset now) =>
        deadline < now ? "late" : deadline - now < TimeSpan.FromHours(6) ? "soon" : "fine";
}
