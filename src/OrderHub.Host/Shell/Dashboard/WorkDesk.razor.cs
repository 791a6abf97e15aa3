using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Host.Shell.Dashboard;

/// <summary>What is going on now, and the queue behind every number. Numbers change in place while the page is open.</summary>
public sealed partial class WorkDesk
{
    private const double ShipRateTarget = 0.95;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _left = new();
    private DashboardFigures? _now;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadDashboard, DashboardFigures>((dashboard, ct) => dashboard.ReadAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error; // the last figures stay, with their time, until new ones come
        if (read.IsOk) _now = read.Value;
        StateHasChanged();
    }

    private string Today => "/orders?from=" + ShopTime.BusinessDay(_now!.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Count(OrderState state) => Whole(_now!.States[state].Count);

    private OldestWaiting? Oldest(OrderState state) => _now!.Waiting.FirstOrDefault(w => w.State == state);

    private string Longest(OrderState state) => Oldest(state) is { } oldest ? L["最久 {0}", Span(_now!.At - oldest.Since)] : L["没有等待"];

    private Urgency Tone(OrderState state) => Oldest(state) is { } oldest ? WaitingTone.Of(state, _now!.At - oldest.Since) : Urgency.Fine;

    private static string Rate(ShipRate rate) => rate.Rate is { } share ? share.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal) : "—";

    private string RateNote(ShipRate rate) => rate.Rate is null ? L["24–48 小时前没有付款单"] : L["目标 {0}，{1} / {2} 单", "95%", Whole(rate.ShippedInTime), Whole(rate.Paid)];

    private static Urgency RateTone(ShipRate rate) => rate.Rate is not { } share || share >= ShipRateTarget ? Urgency.Fine : share >= ShipRateTarget - 0.1 ? Urgency.Soon : Urgency.Late;

    private string ArrivalsTitle(DashboardFigures now) => now.LastHour == 0
        ? L["最近 60 分钟没有到单"]
        : now.LaterHalf >= now.EarlierHalf
            ? L["最近 60 分钟到单 {0} 单，后半小时比前半小时多 {1} 单", Whole(now.LastHour), Whole(now.LaterHalf - now.EarlierHalf)]
            : L["最近 60 分钟到单 {0} 单，后半小时比前半小时少 {1} 单", Whole(now.LastHour), Whole(now.EarlierHalf - now.LaterHalf)];

    private string Span(TimeSpan waited) =>
        waited.TotalMinutes < 1 ? L["不到 1 分钟"] : waited.TotalHours < 1 ? L["{0} 分钟", (int)waited.TotalMinutes]
        : waited.TotalDays < 1 ? L["{0} 小时 {1} 分", (int)waited.TotalHours, waited.Minutes] : L["{0} 天 {1} 小时", (int)waited.TotalDays, waited.Hours];

    private static string Minute(object value) => value is DateTime at ? at.ToString("HH:mm", CultureInfo.InvariantCulture) : "";

    private static string Tick(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number == Math.Floor(number) ? Whole((long)number) : "";

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
