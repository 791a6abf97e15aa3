using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

public sealed partial class DocumentsPage
{
    private CancellationTokenSource _load = new();
    private DocumentKind? _kind;
    private DocumentState? _state;
    private DocumentList? _list;
    private Error? _error;
    private bool _loading;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Kind { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private long? After { get; set; }
    [SupplyParameterFromQuery] private long? Before { get; set; }

    public void Dispose() => _load.Cancel();

    protected override Task OnParametersSetAsync()
    {
        (_kind, _state) = (DocumentWords.ParseKind(Kind), DocumentWords.ParseState(State));
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        await _load.CancelAsync();
        var load = _load = new CancellationTokenSource();
        _loading = true;
        var read = await Actions.ReadAsync<ListDocuments, DocumentList>((list, ct) => list.PageAsync(new DocumentQuery(_kind, _state, Q, After, Before), ct), load.Token);
        if (load.IsCancellationRequested) return; // a newer filter is on its way
        (_list, _error, _loading) = (read.IsOk ? read.Value : _list, read.Error, false);
    }

    private void Go(string address) => Navigation.NavigateTo(address);

    /// <summary>This list with one thing changed; a new filter starts at its first page.</summary>
    private string Address(string? kind = null, string? state = null, string? search = null, long? after = null, long? before = null) =>
        Navigation.GetUriWithQueryParameters("/stock/documents", new Dictionary<string, object?>
        {
            ["kind"] = Blank(kind ?? Kind), ["state"] = Blank(state ?? State), ["q"] = Blank(search ?? Q), ["after"] = after, ["before"] = before,
        });

    private string NewAddress() => Navigation.GetUriWithQueryParameters("/stock/documents/new", new Dictionary<string, object?> { ["kind"] = Blank(Kind) });

    private string Export(string format) => Navigation.GetUriWithQueryParameters($"/stock/documents/export/{format}", new Dictionary<string, object?> { ["kind"] = Blank(Kind), ["state"] = Blank(State), ["q"] = Blank(Q) });

    private static bool IsArrival(DocumentKind kind) => kind is DocumentKind.Receipt or DocumentKind.Transfer or DocumentKind.Return;

    private static string PageOf(string no) => "/stock/documents/" + Uri.EscapeDataString(no);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
