using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

public sealed partial class DeliveryList
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<DeliveryRow>? _rows;

    /// <summary>What became of each the person sent again, by delivery; until the next time.</summary>
    private Dictionary<long, ResendAnswer> _answers = [];
    private Error? _error;
    private int _seen = -1;
    private string? _done;
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
        var read = await Actions.ReadAsync<ReadShopDetailHandler, IReadOnlyList<DeliveryRow>>((detail, ct) => detail.DeliveriesAsync(ShopId, ct), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private IReadOnlyList<long> Refused => [.. _rows!.Where(CanResend).Select(r => r.Id)];

    private static bool CanResend(DeliveryRow row) => row.State is DeliveryState.Failed or DeliveryState.Dead;

    private async Task ResendAsync(IReadOnlyList<long> ids)
    {
        if (_busy) return;
        (_busy, _done, _error) = (true, null, null);
        var outcome = await Actions.RunAsync<ResendDeliveriesHandler, IReadOnlyList<(long DeliveryId, ResendAnswer Answer)>>((handler, ct) => handler.HandleAsync(new(ShopId, ids), ct), _left.Token);
        if (outcome.IsOk)
        {
            _answers = outcome.Value.ToDictionary(a => a.DeliveryId, a => a.Answer);
            _done = L["{0} 条已重新排队。", outcome.Value.Count(a => a.Answer is ResendAnswer.Queued or ResendAnswer.Waiting)];
        }
        _error = outcome.Error;
        _busy = false;
        await OnChanged.InvokeAsync();
    }
}
