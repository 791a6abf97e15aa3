using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Batches;

public sealed partial class BatchesPage
{
    private readonly CancellationTokenSource _left = new();
    private BatchView _view;
    private BatchList? _list;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }

    public void Dispose() => _left.Cancel();

    protected override Task OnParametersSetAsync()
    {
        _view = Enum.TryParse<BatchView>(View, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : BatchView.All;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ListBatches, BatchList>((list, ct) => list.ReadAsync(_view, Q, ListBatches.Most, ct), _left.Token);
        (_error, _list) = (read.Error, read.IsOk ? read.Value : _list);
    }

    private string Address(BatchView view) => Navigation.GetUriWithQueryParameters("/stock/batches", new Dictionary<string, object?> { ["view"] = view == BatchView.All ? null : view.ToString().ToLowerInvariant(), ["q"] = Blank(Q) });

    private string Export(string format) => Navigation.GetUriWithQueryParameters($"/stock/batches/export/{format}", new Dictionary<string, object?> { ["view"] = View, ["q"] = Blank(Q) });

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
