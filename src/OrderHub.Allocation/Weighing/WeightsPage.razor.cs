using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Weighing;

public sealed partial class WeightsPage
{
    private static readonly CostWeights _usual = new();
    private readonly CancellationTokenSource _left = new();
    private decimal _preferenceStep, _lateDay, _balance, _unnamed;
    private int _freightPercent, _packPercent;
    private bool _loaded, _busy, _saved;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadWeights, CostWeights>((weights, ct) => weights.ReadAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) Show(read.Value);
    }

    private void Show(CostWeights weights) => (_freightPercent, _packPercent, _lateDay, _preferenceStep, _balance, _unnamed, _loaded) =
        (weights.FreightPercent, weights.PackPercent, weights.LateDay / 100m, weights.PreferenceStep / 100m, weights.Balance / 100m, weights.Unnamed / 100m, true);

    private Task SaveAsync() => ChangeAsync(new(_freightPercent, _packPercent, (long)(_lateDay * 100), (long)(_preferenceStep * 100), (long)(_balance * 100), (long)(_unnamed * 100)));

    private Task ResetAsync() => ChangeAsync(_usual);

    private async Task ChangeAsync(CostWeights wanted)
    {
        if (_busy) return;
        (_busy, _saved) = (true, false);
        _error = (await Actions.RunAsync<ChangeWeightsHandler>((change, ct) => change.ChangeAsync(wanted, ct))).Error;
        (_busy, _saved) = (false, _error is null);
        if (_saved) Show(wanted);
    }
}
