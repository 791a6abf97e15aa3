using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Trials;

public sealed partial class TestDrivePage
{
    private readonly CancellationTokenSource _left = new();
    private TrialChoices? _choices;
    private Trial? _trial;
    private Error? _error;
    private bool _busy;
    private string _order = "", _region = "", _goods = "", _courier = "";
    private int _shop;
    private decimal _yuan;
    private decimal? _kg;
    private int? _cm3;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>An order's number, ours or the platform's: the page opens with its trial.</summary>
    [SupplyParameterFromQuery] private string? Order { get; set; }

    public void Dispose() => _left.Cancel();

    protected override async Task OnInitializedAsync()
    {
        var read = await Actions.ReadAsync<TryAllocation, TrialChoices>((trials, ct) => trials.ChoicesAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) _choices = read.Value;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (string.IsNullOrWhiteSpace(Order) || Order == _order && _trial is not null || _trial?.OrderNo == Order) return;
        _order = Order;
        await TryAsync((trials, ct) => trials.OrderAsync(Order, ct));
    }

    private async Task TryOrderAsync()
    {
        await TryAsync((trials, ct) => trials.OrderAsync(_order, ct));
        if (_trial?.OrderNo is { } no) Navigation.NavigateTo("/allocation/test-drive?order=" + Uri.EscapeDataString(no), replace: true);
    }

    private Task TryTypedAsync()
    {
        var draft = new TrialDraft(_region, _goods, _shop == 0 ? null : _shop, (long)(_yuan * 100), (int?)(_kg * 1000), _courier) { VolumeCm3 = _cm3 };
        return TryAsync((trials, ct) => trials.TypedAsync(draft, ct));
    }

    private async Task TryAsync(Func<TryAllocation, CancellationToken, Task<Result<Trial>>> work)
    {
        if (_busy) return;
        _busy = true;
        var tried = await Actions.RunAsync(work, _left.Token);
        (_busy, _error, _trial) = (false, tried.Error, tried.IsOk ? tried.Value : null);
    }
}
