using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class ColumnsStep
{
    private const int Shown = 8, ExamplesShown = 2;
    private ColumnMapping _mapping = new([]);
    private ColumnMapping _suggested = new([]);
    private IReadOnlyList<ReadOrder>? _preview;

    [CascadingParameter] private ImportPage Page { get; set; } = default!;
    [CascadingParameter] private ImportRow Run { get; set; } = default!;
    [Inject] private IActionRunner Actions { get; set; } = default!;

    /// <summary>What was recognised stands above; a column the person switches off stays where it was while the page is open.</summary>
    private IReadOnlyList<int> Used => [.. Columns.Where(c => _suggested.Fields[c] is not null || _mapping.Fields[c] is not null)];
    private IReadOnlyList<int> Unused => [.. Columns.Except(Used)];
    private IEnumerable<int> Columns => Enumerable.Range(0, Math.Min(Page.Columns.Headers.Count, _mapping.Fields.Count));

    protected override async Task OnInitializedAsync()
    {
        _mapping = _suggested = Page.Columns.Mapping;
        await PreviewAsync();
    }

    private async Task MeansAsync(int column, string? name)
    {
        var fields = _mapping.Fields.ToArray();
        fields[column] = Enum.TryParse<ImportField>(name, out var field) ? field : null;
        _mapping = new(fields);
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var read = await Actions.ReadAsync<ReadImportsHandler, IReadOnlyList<ReadOrder>>((imports, ct) => imports.PreviewAsync(Run.ShopId, Page.Columns, _mapping, ct));
        if (read.IsOk) _preview = read.Value;
    }

    private string Example(int column)
    {
        var examples = Page.Columns.Sample.Where(s => column < s.Cells.Length).Select(s => s.Cells[column].Trim()).Where(c => c.Length > 0).Distinct().Take(ExamplesShown).ToList();
        return examples.Count == 0 ? "—" : string.Join(" · ", examples);
    }

    private static string Address(IncomingReceiver to) => string.Join(' ', new[] { to.Name, to.Province, to.City, to.District, to.Town, to.Address }.Where(p => p.Length > 0));

    private static string Goods(IncomingOrder order) => string.Join("；", order.Lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Title} {l.Spec} × {l.Quantity}")));
}
