using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Stock;

public sealed partial class PoolPage
{
    private CancellationTokenSource _load = new();
    private StockView _view;
    private StockList? _list;
    private Error? _error;
    private bool _loading;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private string? After { get; set; }
    [SupplyParameterFromQuery] private string? Before { get; set; }

    public void Dispose() => _load.Cancel();

    protected override Task OnParametersSetAsync()
    {
        _view = StockViews.Parse(View);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        await _load.CancelAsync();
        var load = _load = new CancellationTokenSource();
        _loading = true;
        var read = await Actions.ReadAsync<ListStock, StockList>((list, ct) => list.PageAsync(new StockQuery(Q, _view, After, Before), ct), load.Token);
        if (load.IsCancellationRequested) return; // a newer filter is on its way
        (_list, _error, _loading) = (read.IsOk ? read.Value : _list, read.Error, false);
    }

    private void Search(ChangeEventArgs e) => Go(Address(search: e.Value as string));

    private void Go(string address) => Navigation.NavigateTo(address);

    /// <summary>This list with one thing changed; a new filter starts at its first page.</summary>
    private string Address(string? search = null, StockView? view = null, string? after = null, string? before = null) =>
        Navigation.GetUriWithQueryParameters("/stock", new Dictionary<string, object?>
        {
            ["q"] = Blank(search ?? Q), ["view"] = StockViews.Name(view ?? _view), ["after"] = after, ["before"] = before,
        });

    private string Export(string format) =>
        Navigation.GetUriWithQueryParameters($"/stock/export/{format}", new Dictionary<string, object?> { ["q"] = Blank(Q), ["view"] = StockViews.Name(_view) });

    private long? Count(StockView view) => _list is null ? null : view switch
    {
        StockView.Short => _list.Counts.Short,
        StockView.Low => _list.Counts.Low,
        StockView.Held => _list.Counts.Held,
        _ => _list.Counts.All,
    };

    private static string SkuPage(string code) => "/stock/" + Uri.EscapeDataString(code);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
