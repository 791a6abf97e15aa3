using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Inbox;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

public sealed partial class QuarantineList
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<QuarantineRow>? _rows;
    private Error? _error;
    private int _seen = -1;
    private string? _done, _payload;
    private long? _shown;
    private bool _busy;

    [Parameter, EditorRequired] public int ShopId { get; set; }
    [Parameter, EditorRequired] public string ShopCode { get; set; } = "";
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>A new number asks for a fresh read.</summary>
    [Parameter] public int Beat { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Beat) return;
        _seen = Beat;
        var read = await Actions.ReadAsync<ReadShopDetailHandler, IReadOnlyList<QuarantineRow>>((detail, ct) => detail.QuarantineAsync(ShopId, ct), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private async Task ShowAsync(long inboxId)
    {
        if (_shown == inboxId)
        {
            _shown = null;
            return;
        }
        var payload = await Actions.ReadAsync<ReadShopDetailHandler, string?>((detail, ct) => detail.PayloadAsync(ShopId, inboxId, ct), _left.Token);
        _error = payload.Error;
        if (payload.IsOk) (_shown, _payload) = (inboxId, PayloadText.Indented(payload.Value ?? ""));
    }

    private async Task ReplayAsync(IReadOnlyList<long> ids)
    {
        if (_busy) return;
        (_busy, _done, _error) = (true, null, null);
        var outcome = await Actions.RunAsync<ReplayQuarantinedHandler, int>((handler, ct) => handler.HandleAsync(new(ShopCode, ids), ct), _left.Token);
        if (outcome.IsOk) _done = L["重放 {0} 份，{1} 份已入库。", ids.Count, outcome.Value];
        _shown = null;
        _error = outcome.Error;
        _busy = false;
        await OnChanged.InvokeAsync();
    }
}
