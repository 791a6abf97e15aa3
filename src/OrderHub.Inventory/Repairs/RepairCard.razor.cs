using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Repairs;

public sealed partial class RepairCard
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<CounterDrift>? _drifts;
    private RepairNames? _names;
    private int? _done;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    private Task FindAsync() => ActAsync(async () =>
    {
        var read = await Actions.ReadAsync<ShowRepair, (IReadOnlyList<CounterDrift>, RepairNames)>((show, ct) => show.FindAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) (_drifts, _names) = read.Value;
    });

    private Task ApplyAsync() => ActAsync(async () =>
    {
        var applied = await Actions.RunAsync<ShowRepair, int>((show, ct) => show.ApplyAsync(ct), _left.Token);
        _error = applied.Error;
        if (!applied.IsOk) return;
        _done = applied.Value;
        var read = await Actions.ReadAsync<ShowRepair, (IReadOnlyList<CounterDrift>, RepairNames)>((show, ct) => show.FindAsync(ct), _left.Token);
        if (read.IsOk) (_drifts, _names) = read.Value;
    });

    private async Task ActAsync(Func<Task> act)
    {
        if (_busy) return;
        (_busy, _done) = (true, null);
        await act();
        _busy = false;
    }
}
