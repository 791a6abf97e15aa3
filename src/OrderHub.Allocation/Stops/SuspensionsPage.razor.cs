using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Stops;

public sealed partial class SuspensionsPage
{
    private readonly CancellationTokenSource _left = new();
    private StopList? _list;
    private Error? _error;
    private bool _busy, _remoteSaved;
    private string _remote = "";
    private int _courier, _warehouse;
    private string _region = "", _reason = "";
    private DateTime _from;
    private DateTime? _until;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync()
    {
        var now = ShopTime.ToLocal(Clock.GetUtcNow());
        _from = now.Date.AddHours(now.Hour).AddMinutes(now.Minute);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadStops, StopList>((stops, ct) => stops.ReadAsync(ct), _left.Token);
        _error ??= read.Error;
        if (!read.IsOk) return;
        _list = read.Value;
        _remote = string.Join('、', _list.Network.RemoteAreas);
    }

    private async Task AddAsync()
    {
        var draft = new StopDraft(_courier == 0 ? null : _courier, _warehouse == 0 ? null : _warehouse, _region, ShopTime.FromLocal(_from), _until is { } until ? ShopTime.FromLocal(until) : null, _reason);
        if (await ActAsync((stops, ct) => stops.AddAsync(draft, ct))) (_courier, _warehouse, _region, _reason, _until) = (0, 0, "", "", null);
    }

    private Task EndAsync(int id) => ActAsync((stops, ct) => stops.EndAsync(id, ct));

    /// <summary>A refusal leaves what was typed.</summary>
    private async Task SaveRemoteAsync()
    {
        if (_busy) return;
        (_busy, _error, _remoteSaved) = (true, null, false);
        _error = (await Actions.RunAsync<ChangeRemoteAreasHandler>((areas, ct) => areas.ChangeAsync(_remote, ct))).Error;
        if (_remoteSaved = _error is null) await LoadAsync();
        _busy = false;
    }

    private async Task<bool> ActAsync(Func<ChangeStopsHandler, CancellationToken, Task<Result>> act)
    {
        if (_busy) return false;
        (_busy, _error) = (true, null);
        _error = (await Actions.RunAsync(act)).Error;
        await LoadAsync();
        _busy = false;
        return _error is null;
    }
}
