using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

/// <summary>Until when an order must have left: counts down, amber when a quarter of the time is left, red when late, quiet once the goods are gone.</summary>
public sealed partial class ShipDeadline
{
    [Parameter, EditorRequired] public DateTimeOffset? ShipBy { get; set; }
    [Parameter, EditorRequired] public OrderState State { get; set; }

    /// <summary>When the time began to run: payment.</summary>
    [Parameter] public DateTimeOffset? Since { get; set; }

    private bool IsOwed => State is OrderState.Review or OrderState.Paid or OrderState.Shortage or OrderState.Allocated or OrderState.Packed;

    private string Tone
    {
        get
        {
            if (!IsOwed || ShipBy is not { } by) return "done";
            var left = by - Clock.GetUtcNow();
            if (left <= TimeSpan.Zero) return "late";
            return left <= (Since is { } since && since < by ? (by - since) / 4 : TimeSpan.FromHours(6)) ? "soon" : "fine";
        }
    }

    private string Words(DateTimeOffset by)
    {
        if (!IsOwed) return ShopTime.ToLocal(by).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        var left = by - Clock.GetUtcNow();
        var span = Span(left.Duration());
        return left < TimeSpan.Zero ? L["超时 {0}", span] : L["剩 {0}", span];
    }

    private string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => L["{0} 天", (int)span.TotalDays],
        { TotalHours: >= 6 } => L["{0} 小时", (int)span.TotalHours],
        { TotalHours: >= 1 } => L["{0} 小时 {1} 分", (int)span.TotalHours, span.Minutes],
        _ => L["{0} 分钟", (int)span.TotalMinutes],
    };
}
