using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Floor;
using OrderHub.Warehousing.Packing;

namespace OrderHub.Warehousing.Handover;

/// <summary>The courier stands at the door: scan parcel by parcel, or give all of one courier.</summary>
public sealed partial class HandoverDesk : IAsyncDisposable
{
    private Place? _place;
    private IReadOnlyList<WaitingCourier>? _waiting;
    private IReadOnlyList<RefusedParcel> _refused = [];
    private (bool Right, string Text)? _said;
    private Error? _error;
    private string? _asked;
    private bool _busy, _byHand;
    private ElementReference _box;
    private ScanBox? _scanning;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;
    [SupplyParameterFromQuery(Name = "warehouse")] public string? WarehouseCode { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _scanning = await ScanBox.StartAsync(Js, _box, "handover", TakeScanAsync);
    }

    private async Task LoadAsync()
    {
        var place = await Actions.ReadAsync<ReadPlace, Place>((read, ct) => read.FindAsync(WarehouseCode, ct));
        if ((_error = place.Error) is not null) return;
        _place = place.Value;
        if (_place.Here is not { } here) { _waiting = []; return; }
        var waiting = await Actions.ReadAsync<ListWaiting, IReadOnlyList<WaitingCourier>>((list, ct) => list.AtAsync(here.Id, ct));
        if ((_error = waiting.Error) is null) _waiting = waiting.Value;
    }

    /// <summary>A waybill scanned twice is answered as handed over both times, so these scans need no id.</summary>
    private async Task<string> TakeScanAsync(Guid scanId, string code)
    {
        if (_place?.Here is not { } here) return "later";
        var answer = await Actions.RunAsync<IPackingStation, HandoverAnswer>((station, ct) => station.HandOverAsync(new(here.Id, WaybillNo: code), ct));
        if (answer.Error is { Kind: ErrorKind.Unavailable } outage) return await ShownAsync("later", () => _error = outage);
        var refusal = answer.Error ?? (answer.Value.Refused.Count > 0 ? answer.Value.Refused[0].Reason : null);
        if (refusal is not null) return await ShownAsync("wrong", () => _said = (false, L[refusal]));
        await LoadAsync();
        return await ShownAsync("right", () => _said = (true, L["已交接 {0}", code]));
    }

    private async Task<string> ShownAsync(string answer, Action change)
    {
        await InvokeAsync(() =>
        {
            change();
            StateHasChanged();
        });
        return answer;
    }

    private async Task HandAllAsync(WaitingCourier courier)
    {
        if (_busy || _place?.Here is not { } here) return;
        if (_asked != courier.Code) { _asked = courier.Code; return; }
        (_busy, _asked) = (true, null);
        var answer = await Actions.RunAsync<IPackingStation, HandoverAnswer>((station, ct) => station.HandOverAsync(new(here.Id, courier.Code), ct));
        await LoadAsync();
        _busy = false;
        if ((_error ??= answer.Error) is not null) return;
        _refused = answer.Value.Refused;
        _said = (true, L["{0}：已交接 {1} 件", courier.Name, answer.Value.HandedOver]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_scanning is not null) await _scanning.DisposeAsync();
    }
}
