using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Rows;
using OrderHub.Channels.Imports.Sheets;

namespace OrderHub.Channels.DualRun;

/// <summary>What another system says about one order; null = its file has no such column.</summary>
internal sealed record TheirResult(string OrderNo, string? Warehouse, string? Status, long? AmountFen);

internal sealed record TheirResults(IReadOnlyList<TheirResult> Orders, int Unreadable)
{
    /// <summary>Several rows of one order count as one: words from the first that has them, an amount that stands on each row alike once, amounts that differ added up.</summary>
    public static TheirResults Read(IEnumerable<SheetRow> rows, ColumnMapping mapping)
    {
        var gathered = OrderRows.Gather(rows, mapping);
        var (orders, unreadable) = (new List<TheirResult>(gathered.Count), gathered.Orphans.Count);
        foreach (var (no, lines) in gathered.From(0))
        {
            var amounts = lines.Select(l => CellValues.Money(mapping.Text(l, ImportField.Paid), "")).ToList();
            if (amounts.Exists(a => !a.IsOk))
            {
                unreadable += lines.Count;
                continue;
            }
            var stated = amounts.Select(a => a.Value).OfType<long>().ToList();
            orders.Add(new(no, Word(lines, mapping, ImportField.Warehouse), Word(lines, mapping, ImportField.Status),
                stated.Count == 0 ? null : stated.Distinct().Count() == 1 ? stated[0] : stated.Sum()));
        }
        return new(orders, unreadable);
    }

    private static string? Word(IReadOnlyList<SheetRow> lines, ColumnMapping mapping, ImportField field) =>
        mapping.Has(field) ? lines.Select(l => mapping.Text(l, field)).FirstOrDefault(t => t.Length > 0) ?? "" : null;
}
