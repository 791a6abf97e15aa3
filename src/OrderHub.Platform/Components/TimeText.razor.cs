using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Units;

namespace OrderHub.Platform.Components;

/// <summary>An instant in shop time: in words when less than a day away, else the date; exact on hover.</summary>
public sealed partial class TimeText
{
    [Parameter, EditorRequired] public DateTimeOffset? At { get; set; }

    /// <summary>Always date and time, never words: for documents and ledgers.</summary>
    [Parameter] public bool ExactOnly { get; set; }

    private static string Exact(DateTimeOffset at) => ShopTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Words(DateTimeOffset at)
    {
        var now = Clock.GetUtcNow();
        var ago = now - at;
        if (ExactOnly || ago.Duration() >= TimeSpan.FromDays(1)) return Day(at, now);
        return ago switch
        {
            { TotalSeconds: >= -5 and < 5 } => L["刚刚"],
            { TotalSeconds: >= 0 and < 60 } => L["{0} 秒前", (int)ago.TotalSeconds],
            { TotalMinutes: >= 0 and < 60 } => L["{0} 分钟前", (int)ago.TotalMinutes],
            { TotalHours: >= 0 } => L["{0} 小时前", (int)ago.TotalHours],
            { TotalSeconds: > -60 } => L["{0} 秒后", (int)-ago.TotalSeconds],
            { TotalMinutes: > -60 } => L["{0} 分钟后", (int)-ago.TotalMinutes],
            _ => L["{0} 小时后", (int)-ago.TotalHours],
        };
    }

    private static string Day(DateTimeOffset at, DateTimeOffset now)
    {
        var local = ShopTime.ToLocal(at);
        return local.ToString(local.Year == ShopTime.ToLocal(now).Year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
