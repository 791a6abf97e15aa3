using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

public sealed partial class ChannelOverview
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<ChannelHealth>? _shops;
    private DateTimeOffset _now;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private IEnumerable<(string Word, int Count, bool IsBad)> Figures =>
    [
        ("今日收到", _shops!.Sum(s => s.OrdersToday), false),
        ("缺单", _shops!.Sum(s => s.OrdersMissing), true),
        ("待回传", _shops!.Sum(s => s.DeliveriesWaiting), false),
        ("隔离", _shops!.Sum(s => s.Quarantined), true),
        ("回传失败", _shops!.Sum(s => s.DeliveriesFailed), true),
        ("24 小时失败", _shops!.Sum(s => s.FailuresLastDay), true),
    ];

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

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<IChannelReader, IReadOnlyList<ChannelHealth>>((reader, ct) => reader.HealthAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error;
        if (read.IsOk) (_shops, _now) = (read.Value, Clock.GetUtcNow());
        StateHasChanged();
    }
}
