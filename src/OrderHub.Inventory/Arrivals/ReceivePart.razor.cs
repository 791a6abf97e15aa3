using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Arrivals;

/// <summary>What came this time. It has one key until it changes, so that a second tap, or a repeat after an outage, counts once.</summary>
public sealed partial class ReceivePart
{
    private List<Arriving> _lines = [];
    private DocumentView? _shown;
    private string _key = "";
    private bool _busy;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [CascadingParameter] private DocumentView View { get; set; } = default!;
    [Parameter] public EventCallback Received { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, View)) return;
        _shown = View;
        _lines = [.. View.Lines.Select(l => new Arriving { No = l.LineNo, Code = l.Sku?.Code ?? "—", Name = $"{l.Sku?.Name} {l.Sku?.Spec}", Outstanding = l.Outstanding, BatchNo = l.BatchNo ?? "", ExpiresOn = l.ExpiresOn })];
        Renew();
    }

    private void Renew() => _key = Guid.NewGuid().ToString("N");

    private void All()
    {
        foreach (var line in _lines) (line.Sellable, line.Defective) = (line.Outstanding, 0);
        Renew();
    }

    private async Task ReceiveAsync(bool last)
    {
        if (_busy) return;
        _busy = true;
        var arrival = new GoodsReceived(View.No, _key, [.. _lines.Where(l => l.Sellable != 0 || l.Defective != 0).Select(l => new ArrivedLine(l.No, l.Sellable, l.Defective, l.BatchNo, l.ExpiresOn))], last);
        _error = (await Actions.RunAsync<ReceiveGoodsHandler, string>((receive, ct) => receive.ReceiveAsync(arrival, ct))).Error;
        _busy = false;
        if (_error is null) await Received.InvokeAsync();
    }

    private sealed class Arriving
    {
        public int No { get; init; }
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public int Outstanding { get; init; }
        public int Sellable { get; set; }
        public int Defective { get; set; }
        public string BatchNo { get; set; } = "";
        public DateOnly? ExpiresOn { get; set; }
    }
}
