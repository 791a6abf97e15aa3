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
    private int _freightPercent, _packPercent, _version;
    private bool _loaded, _busy, _saved;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadWeights, WeightsView>((weights, ct) => weights.ReadAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) Show(read.Value);
    }

    private void Show(WeightsView view)
    {
        var weights = view.Weights;
        (_freightPercent, _packPercent, _lateDay, _preferenceStep, _balance, _unnamed, _version, _loaded) =
            (weights.FreightPercent, weights.PackPercent, weights.LateDay / 100m, weights.PreferenceStep / 100m, weights.Balance / 100m, weights.Unnamed / 100m, view.Version, true);
    }

    private Task SaveAsync() => ChangeAsync(new(_freightPercent, _packPercent, (long)(_lateDay * 100), (long)(_preferenceStep * 100), (long)(_balance * 100), (long)(_unnamed * 100)));

    private Task ResetAsync() => ChangeAsync(_usual);

    private async Task ChangeAsync(CostWeights wanted)
    {
        if (_busy) return;
        (_busy, _saved) = (true, false);
        var refusal = (await Actions.RunAsync<ChangeWeightsHandler>((change, ct) => change.ChangeAsync(wanted, _version, ct))).Error;
        if (refusal is null || refusal.Code == AllocationErrors.WeightsChangedMeanwhile.Code) await LoadAsync(); // ours, or what somebody else made of them
        (_busy, _saved, _error) = (false, refusal is null, refusal ?? _error);
    }
}
