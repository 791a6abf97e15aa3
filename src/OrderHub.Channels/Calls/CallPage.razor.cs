using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Health;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Calls;

public sealed partial class CallPage
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<Shop> _shops = [];
    private IReadOnlyList<CallRow>? _rows;
    private Error? _error;
    private long? _shown;
    private string? _request, _reply;

    [SupplyParameterFromQuery] public string? Shop { get; set; }
    [SupplyParameterFromQuery] public string? Trace { get; set; }
    [SupplyParameterFromQuery] public bool Failed { get; set; }
    [SupplyParameterFromQuery] public long? Before { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    private string OlderUrl => $"/channels/calls?shop={Uri.EscapeDataString(Shop ?? "")}&trace={Uri.EscapeDataString(Trace ?? "")}{(Failed ? "&failed=true" : "")}&before={_rows![^1].Id}";

    protected override Task OnParametersSetAsync() => LoadAsync();

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        if (_shops.Count == 0)
        {
            var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>((c, ct) => c.CurrentAsync(ct).AsTask(), _left.Token);
            if (catalog.IsOk) _shops = [.. catalog.Value.Shops.OrderBy(s => s.Id)];
        }
        int? shop = string.IsNullOrEmpty(Shop) ? null : _shops.FirstOrDefault(s => s.Code.Equals(Shop, StringComparison.OrdinalIgnoreCase))?.Id ?? 0;
        var read = await Actions.ReadAsync<ReadCallsHandler, IReadOnlyList<CallRow>>((calls, ct) => calls.HandleAsync(new(shop, Trace?.Trim() ?? "", Failed, Before), ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) _rows = read.Value;
    }

    private async Task ShowAsync(long id)
    {
        if (_shown == id)
        {
            _shown = null;
            return;
        }
        var texts = await Actions.ReadAsync<ReadCallsHandler, (string Request, string Reply)?>((calls, ct) => calls.TextsAsync(id, ct), _left.Token);
        _error = texts.Error;
        if (texts is { IsOk: true, Value: { } kept }) (_shown, _request, _reply) = (id, kept.Request, PayloadText.Indented(kept.Reply));
    }
}
