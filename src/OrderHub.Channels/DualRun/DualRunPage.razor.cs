using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Pages;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.DualRun;

public sealed partial class DualRunPage
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<Shop> _shops = [];
    private IReadOnlyList<ComparisonRow>? _past;
    private IReadOnlyList<DifferenceRow> _differences = [];
    private ComparisonRow? _shown;
    private OpenedResults? _opened;
    private ColumnMapping _mapping = new([]);
    private byte[] _content = [];
    private string _shop = "", _fileName = "";
    private DateOnly _day;
    private bool _busy, _loaded, _interactive;
    private Error? _error;

    /// <summary>Null = the list, with the form.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>Name of a kind of difference; the list then shows only those.</summary>
    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private DifferenceKind? KindShown => Enum.TryParse<DifferenceKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    protected override void OnInitialized() => _day = ShopTime.BusinessDay(Clock.GetUtcNow()).AddDays(-1);

    protected override async Task OnParametersSetAsync()
    {
        if (_interactive) await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _interactive = true;
        await LoadAsync();
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        if (_shops.Count == 0)
        {
            var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>((c, ct) => c.CurrentAsync(ct).AsTask(), _left.Token);
            if (catalog.IsOk) _shops = [.. catalog.Value.Shops.Where(s => s.Active).OrderBy(s => s.Id)];
        }
        if (Id is { } id)
        {
            var shown = await Actions.ReadAsync<ReadComparisonsHandler, (ComparisonRow?, IReadOnlyList<DifferenceRow>)>(
                async (c, ct) => (await c.FindAsync(id, ct), await c.DifferencesAsync(id, KindShown, ReadComparisonsHandler.DifferencesShown, ct)), _left.Token);
            _error = shown.Error;
            if (shown.IsOk) ((_shown, _differences), _loaded) = (shown.Value, true);
        }
        else
        {
            var past = await Actions.ReadAsync<ReadComparisonsHandler, IReadOnlyList<ComparisonRow>>((c, ct) => c.ListAsync(ct), _left.Token);
            _error = past.Error;
            if (past.IsOk) _past = past.Value;
        }
        if (!_left.IsCancellationRequested) StateHasChanged();
    }

    private async Task OpenAsync(FilePicker.ChosenFile file)
    {
        if (_busy) return;
        (_busy, _error, _content, _fileName) = (true, null, file.Content, file.Name);
        StateHasChanged();
        var opened = await Actions.RunAsync<CompareResultsHandler, OpenedResults>((compare, ct) => Task.Run(() => compare.OpenAsync(_shop, _content, ct), ct), _left.Token);
        (_busy, _error) = (false, opened.Error);
        if (opened.IsOk) (_opened, _mapping) = (opened.Value, opened.Value.Mapping);
    }

    private async Task CompareAsync()
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        StateHasChanged();
        var compared = await Actions.RunAsync<CompareResultsHandler, long>((compare, ct) => Task.Run(() => compare.HandleAsync(new(_shop, _day, _fileName, _content, _mapping), ct), ct), _left.Token);
        (_busy, _error) = (false, compared.Error);
        if (!compared.IsOk) return;
        (_opened, _content) = (null, []);
        Navigation.NavigateTo($"/dual-run/{compared.Value}");
    }

    private void Means(ImportField field, string? column)
    {
        var fields = _mapping.Fields.Select(f => f == field ? null : f).ToArray();
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && chosen < fields.Length) fields[chosen] = field;
        _mapping = new(fields);
    }

    private int ColumnOf(ImportField field)
    {
        for (var c = 0; c < _mapping.Fields.Count; c++)
            if (_mapping.Fields[c] == field) return c;
        return -1;
    }

    private string Example(ImportField field) => ColumnOf(field) is var column && column < 0 ? ""
        : string.Join(" · ", _opened!.Sample.Select(r => CellText.Clean(r[column])).Where(c => c.Length > 0).Distinct().Take(2));

    private string KindUrl(DifferenceKind kind) => $"/dual-run/{Id}?kind={kind}";
    private string ShopName(int id) => _shops.FirstOrDefault(s => s.Id == id)?.Name ?? id.ToString(CultureInfo.InvariantCulture);
    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
