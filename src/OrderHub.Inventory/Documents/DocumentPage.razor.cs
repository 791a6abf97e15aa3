using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Transfers;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Documents;

public sealed partial class DocumentPage
{
    private readonly CancellationTokenSource _left = new();
    private DocumentView? _view;
    private Dictionary<int, string> _codes = [];
    private Error? _error;
    private Error? _refusal;
    private string _note = "";
    private bool _busy;
    private bool _cancelling;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter] public string No { get; set; } = "";

    public void Dispose() => _left.Cancel();

    protected override Task OnParametersSetAsync() => _view?.No == No ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.RunAsync<ReadDocument, DocumentView>((reader, ct) => reader.ReadAsync(No, ct), _left.Token);
        _error = read.Error;
        if (!read.IsOk) return;
        _view = read.Value;
        _codes = _view.Lines.Where(l => l.Sku is not null).GroupBy(l => l.Sku!.Id).ToDictionary(g => g.Key, g => g.First().Sku!.Code);
    }

    private bool MayCancel => _view is { State: DocumentState.Draft or DocumentState.Open or DocumentState.Waiting } open
        && open is not { Kind: DocumentKind.Transfer, State: DocumentState.Open } && open.Lines.All(l => l.Done + l.Defective == 0);

    private string LinesTitle => _view!.Kind switch
    {
        DocumentKind.Count when _view.State != DocumentState.Cancelled => L["盘点差异：{0} 个 SKU 有出入，按成本 {1}", _view.Lines.Count(l => l.Difference is not (null or 0)), Money.Format(_view.VarianceFen)],
        DocumentKind.Receipt or DocumentKind.Return or DocumentKind.Transfer when _view.State == DocumentState.Done && _view.Lines.Any(l => l.Difference != 0) => L["明细：{0} 行与预计不符", _view.Lines.Count(l => l.Difference != 0)],
        _ => L["明细"],
    };

    private string Export(string format) => $"/stock/documents/{Uri.EscapeDataString(No)}/export/{format}";

    private Task DecideAsync(bool approve) => ActAsync<DecideDocumentHandler>((decide, ct) => decide.DecideAsync(new DocumentDecision(No, approve, _note), ct));

    private Task ShipAsync() => ActAsync<ShipTransferHandler>((ship, ct) => ship.ShipAsync(No, ct));

    private Task CancelAsync() => ActAsync<CancelDocumentHandler>((cancel, ct) => cancel.CancelAsync(No, ct));

    private async Task ActAsync<THandler>(Func<THandler, CancellationToken, Task<Result<string>>> act) where THandler : notnull
    {
        if (_busy) return;
        _busy = true;
        _refusal = (await Actions.RunAsync(act)).Error;
        (_busy, _cancelling) = (false, false);
        await LoadAsync();
    }
}
