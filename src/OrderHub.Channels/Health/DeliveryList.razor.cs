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
    /// <summary>While the answers to a bulk resend are shown: all of its deliveries; null otherwise.</summary>
    private List<long>? _resent;
    private Error? _error;
    private int _failed, _page, _seen = -1;
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
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var page = _resent?.Skip(_page * ReadShopDetailHandler.PageSize).Take(ReadShopDetailHandler.PageSize).ToList();
        var read = await Actions.ReadAsync<ReadShopDetailHandler, (IReadOnlyList<DeliveryRow> Rows, int Failed)>(async (detail, ct) =>
            (page is null ? await detail.DeliveriesAsync(ShopId, ct) : await detail.DeliveriesAsync(ShopId, page, ct), await detail.FailedAsync(ShopId, ct)), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) (_rows, _failed) = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private static bool CanResend(DeliveryRow row) => row.State is DeliveryState.Failed or DeliveryState.Dead;

    private Task TurnAsync(int pages)
    {
        _page += pages;
        return LoadAsync();
    }

    private Task CloseResultsAsync()
    {
        (_resent, _page, _done) = (null, 0, null);
        return LoadAsync();
    }

    /// <summary>All that failed, also those this list is too short to show; each part's answers stand on the page as soon as they are there.</summary>
    private async Task ResendAllAsync()
    {
        if (_busy) return;
        (_busy, _done, _error, _answers, _resent, _page) = (true, null, null, [], [], 0);
        while (!_left.IsCancellationRequested)
        {
            var part = await Actions.RunAsync<ResendDeliveriesHandler, IReadOnlyList<(long DeliveryId, ResendAnswer Answer)>>(
                (handler, ct) => handler.HandleAsync(new ResendFailed(ShopId, _resent.LastOrDefault()), ct), _left.Token);
            _error = part.Error;
            if (!part.IsOk || part.Value.Count == 0) break;
            foreach (var (id, answer) in part.Value) _answers[id] = answer;
            _resent.AddRange(part.Value.Select(a => a.DeliveryId));
            _done = L["{0} 条已重新排队。", _answers.Values.Count(a => a is ResendAnswer.Queued or ResendAnswer.Waiting)];
            if (_resent.Count <= ResendDeliveriesHandler.Part) await LoadAsync();
            StateHasChanged();
        }
        if (_resent.Count == 0) _resent = null;
        _busy = false;
        await LoadAsync();
        await OnChanged.InvokeAsync();
    }

    private async Task ResendAsync(IReadOnlyList<long> ids)
    {
        if (_busy) return;
        (_busy, _done, _error) = (true, null, null);
        var outcome = await Actions.RunAsync<ResendDeliveriesHandler, IReadOnlyList<(long DeliveryId, ResendAnswer Answer)>>((handler, ct) => handler.HandleAsync(new ResendDeliveries(ShopId, ids), ct), _left.Token);
        if (outcome.IsOk)
        {
            foreach (var (id, answer) in outcome.Value) _answers[id] = answer;
            _done = L["{0} 条已重新排队。", outcome.Value.Count(a => a.Answer is ResendAnswer.Queued or ResendAnswer.Waiting)];
        }
        _error = outcome.Error;
        _busy = false;
        await OnChanged.InvokeAsync();
    }
}
