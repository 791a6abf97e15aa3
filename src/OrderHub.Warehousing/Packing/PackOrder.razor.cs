using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>One order on the bench: scan every piece, then one button for label and box.</summary>
public sealed partial class PackOrder : IAsyncDisposable
{
    private PackTask? _task;
    private Error? _error;
    private (bool Right, string Text)? _said;
    private static readonly string[] RejectReasons = ["找不到货", "货品损坏", "数量不够", "货不对版"];
    private bool _busy, _byHand, _askUnpack, _askReject;
    private ElementReference _box;
    private ScanBox? _scanning;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    /// <summary>As <see cref="TaskKey"/> writes itself.</summary>
    [Parameter] public string OrderNo { get; set; } = "";

    private bool ShowsScanBox => _task is { State: PickTaskState.Open or PickTaskState.Picked };

    protected override async Task OnParametersSetAsync()
    {
        (_said, _askUnpack, _askReject) = (null, false, false);
        if (_task is not null && _task.Key.ToString() != OrderNo) await StopScanningAsync();
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!ShowsScanBox) await StopScanningAsync();
        else if (_scanning is null) _scanning = await ScanBox.StartAsync(Js, _box, "pack-" + OrderNo, TakeScanAsync);
    }

    private async Task LoadAsync()
    {
        if (!TaskKey.TryParse(OrderNo, out var key)) { _error = WarehousingErrors.NoTask(OrderNo); return; }
        var task = await Actions.ReadAsync<ReadTask, PackTask?>((read, ct) => read.FindOwnAsync(key, ct));
        if ((_error = task.Error ?? (task.Value is null ? WarehousingErrors.NoTask(OrderNo) : null)) is null) _task = task.Value;
    }

    /// <returns>right, wrong, or later when nothing was decided and the scan must be sent again.</returns>
    private async Task<string> TakeScanAsync(Guid scanId, string code)
    {
        if (_task is not { } task) return "later";
        var answer = await Actions.RunAsync<IPackingStation, ScanAnswer>((station, ct) => station.ScanAsync(new(task.Key, scanId, code), ct));
        if (answer.Error is { Kind: ErrorKind.Unavailable } outage) return Show("later", () => _error = outage);
        if (answer.Error is { } refusal) return Show("wrong", () => _said = (false, L[refusal]));
        var line = answer.Value.Line;
        return Show("right", () => (_error, _task, _said) = (null, answer.Value.Task, (true, $"{line.Name} {line.Spec} {line.Scanned}/{line.Quantity}")));
    }

    private string Show(string answer, Action change)
    {
        change();
        StateHasChanged();
        return answer;
    }

    private Task PackAsync() => LockedAsync(async task =>
    {
        var packed = await Actions.RunAsync<IPackingStation, PackedParcel>((station, ct) => station.PackAsync(task.Key, ct));
        await LoadAsync();
        _error ??= packed.Error;
    });

    private Task UnpackAsync() => LockedAsync(async task =>
    {
        if (!_askUnpack) { _askUnpack = true; return; }
        _askUnpack = false;
        var unpacked = await Actions.RunAsync<IPackingStation>((station, ct) => station.UnpackAsync(task.Key, ct));
        await LoadAsync();
        _error ??= unpacked.Error;
    });

    private Task ReleaseAsync() => LockedAsync(async task =>
    {
        var released = await Actions.RunAsync<IPackingStation>((station, ct) => station.ReleaseAsync(task.Key, ct));
        if ((_error = released.Error) is null) Navigation.NavigateTo("w");
    });

    private Task RejectAsync(string reason) => LockedAsync(async task =>
    {
        var rejected = await Actions.RunAsync<RejectTaskHandler>((reject, ct) => reject.HandleAsync(task.Key, reason, ct));
        if ((_error = rejected.Error) is null) Navigation.NavigateTo("w");
    });

    private Task NextAsync() => LockedAsync(async task =>
    {
        var next = await Actions.RunAsync<IPackingStation, PackTask>((station, ct) => station.ClaimAsync(new(task.WarehouseId), ct));
        Navigation.NavigateTo(next.IsOk ? "w/pack/" + next.Value.Key : "w");
    });

    private async Task LockedAsync(Func<PackTask, Task> action)
    {
        if (_busy || _task is not { } task) return;
        _busy = true;
        StateHasChanged();
        await action(task);
        _busy = false;
    }

    private async Task StopScanningAsync()
    {
        if (_scanning is not null) await _scanning.DisposeAsync();
        _scanning = null;
    }

    public async ValueTask DisposeAsync() => await StopScanningAsync();
}
