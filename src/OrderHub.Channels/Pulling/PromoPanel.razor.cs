using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Pulling;

public sealed partial class PromoPanel
{
    private static readonly int[] Lengths = [1, 2, 4, 8, 24, 48];
    private readonly CancellationTokenSource _left = new();
    private PromoMode? _promo;
    private Error? _error;
    private int _hours = 4;
    private bool _busy;

    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>Changes with every refresh of the page around it.</summary>
    [Parameter] public DateTimeOffset Now { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (Now == default || _busy) return;
        var read = await Actions.ReadAsync<SwitchPromoHandler, PromoMode?>((handler, ct) => handler.CurrentAsync(ct), _left.Token);
        if (read.IsOk) _promo = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private Task StartAsync() => RunAsync((handler, ct) => handler.StartAsync(TimeSpan.FromHours(_hours), ct));
    private Task StopAsync() => RunAsync((handler, ct) => handler.StopAsync(ct));

    private async Task RunAsync(Func<SwitchPromoHandler, CancellationToken, Task<Result>> action)
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        _error = (await Actions.RunAsync(action, _left.Token)).Error;
        _busy = false;
        await OnChanged.InvokeAsync();
    }
}
