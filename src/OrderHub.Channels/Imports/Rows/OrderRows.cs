using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>The rows of a file by order, in the order in which the orders first appear: rows with the same number are lines of one order, wherever they stand.</summary>
internal sealed class OrderRows
{
    private readonly Dictionary<string, List<SheetRow>> _byNo = new(StringComparer.Ordinal);
    private readonly List<string> _sequence = [];

    /// <summary>Rows without a readable order number; they belong to no order.</summary>
    public List<RowFinding> Orphans { get; } = [];
    public int Count => _sequence.Count;

    public IEnumerable<(string OrderNo, IReadOnlyList<SheetRow> Rows)> From(int position) => _sequence.Skip(position).Select(no => (no, (IReadOnlyList<SheetRow>)_byNo[no]));

    public static OrderRows Gather(IEnumerable<SheetRow> rows, ColumnMapping mapping)
    {
        var gathered = new OrderRows();
        foreach (var row in rows)
        {
            var read = CellValues.OrderNo(mapping.Text(row, ImportField.OrderNo));
            if (read.IsOk && read.Value is { } no) gathered.Add(no, row);
            else gathered.Orphans.Add(new(row.Number, "", read.Error ?? RowErrors.NoOrderNo));
        }
        gathered.RefuseZeroed();
        return gathered;
    }

    private void Add(string no, SheetRow row)
    {
        if (!_byNo.TryGetValue(no, out var rows))
        {
            _byNo[no] = rows = new(1);
            _sequence.Add(no);
        }
        rows.Add(row);
    }

    /// <summary>One order number in ten thousand ends in zeros by itself; when most do, Excel wrote them and different orders have become one.</summary>
    private void RefuseZeroed()
    {
        var zeroed = _sequence.Where(CellValues.LooksZeroed).ToHashSet(StringComparer.Ordinal);
        if (zeroed.Count * 2 <= _sequence.Count) return;
        foreach (var no in zeroed)
        {
            Orphans.AddRange(_byNo[no].Select(row => new RowFinding(row.Number, no, RowErrors.ZeroedDigits(no))));
            _byNo.Remove(no);
        }
        _sequence.RemoveAll(zeroed.Contains);
    }
}
