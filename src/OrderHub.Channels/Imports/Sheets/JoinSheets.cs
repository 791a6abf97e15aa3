using System.Text;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Sheets;

/// <summary>
/// A report of orders and a report of their goods as one table, joined by the order number: one row for each of an order's goods, with the
/// order's own columns repeated. Orders without goods keep one row; goods without an order keep theirs and are refused later with a reason.
/// </summary>
internal static class JoinSheets
{
    private static readonly ImportField[] OfGoods =
    [
        ImportField.LineNo, ImportField.Title, ImportField.Spec, ImportField.Quantity, ImportField.MerchantCode, ImportField.PlatformSkuId, ImportField.PlatformProductId, ImportField.UnitPrice,
    ];

    private sealed record Sheet(SheetTable Table, ColumnMapping Mapping)
    {
        public bool HasReceiver => Mapping.Has(ImportField.Address) || Mapping.Has(ImportField.Province);

        public IEnumerable<int> Columns(Func<ImportField?, bool> which) => Enumerable.Range(0, Table.Headers.Count).Where(c => which(Mapping.Fields[c]));

        /// <summary>The number as it is compared; what cannot be read is compared as it stands.</summary>
        public string OrderNo(SheetRow row) => CellText.Plain(Mapping.Text(row, ImportField.OrderNo));
    }

    /// <param name="files">Two, in any sequence.</param>
    /// <returns>The joined table as a CSV file.</returns>
    public static Result<byte[]> Of(IReadOnlyList<byte[]> files)
    {
        var sheets = new List<Sheet>();
        foreach (var file in files)
        {
            var opened = SheetTable.Open(file);
            if (opened.Error is { } unreadable) return unreadable;
            if (opened.Value.Measure().Error is { } refusal) return refusal;
            sheets.Add(new(opened.Value, ColumnMapping.Suggest(opened.Value.Headers, ImportFields.OfOrders)));
        }
        if (sheets is not [var one, var two] || sheets.Exists(s => !s.Mapping.Has(ImportField.OrderNo)) || one.HasReceiver == two.HasReceiver) return SheetErrors.NotAPair;
        var (orders, goods) = one.HasReceiver ? (one, two) : (two, one);
        return goods.Columns(f => f is { } field && OfGoods.Contains(field)).Any() ? Write(orders, goods) : SheetErrors.NotAPair;
    }

    private static Result<byte[]> Write(Sheet orders, Sheet goods)
    {
        // what both say about the goods is taken from the report that says it per line; where a line has a state of its own, that one counts
        var goodsColumns = goods.Columns(f => f is { } field && OfGoods.Contains(field)).ToList();
        var orderColumns = orders.Columns(f => f is not { } field || !OfGoods.Contains(field)).ToList();
        var lines = goods.Table.Rows.ToLookup(goods.OrderNo);
        var text = new StringBuilder();
        Append(text, [.. orderColumns.Select(c => orders.Table.Headers[c]), .. goodsColumns.Select(c => goods.Table.Headers[c])]);

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = 0;
        foreach (var order in orders.Table.Rows)
        {
            var no = orders.OrderNo(order);
            seen.Add(no);
            var own = lines[no].ToList();
            foreach (var line in own.Count > 0 ? own.Select(l => (SheetRow?)l) : [null])
            {
                rows++;
                Append(text, [.. orderColumns.Select(c => Cell(orders, order, c, goods, line)), .. goodsColumns.Select(c => line is { } l ? l[c] : "")]);
            }
        }
        var noColumn = orderColumns.IndexOf(orders.Columns(f => f == ImportField.OrderNo).First());
        foreach (var stray in lines.Where(l => !seen.Contains(l.Key)).SelectMany(l => l.Select(row => (No: l.Key, Row: row))))
        {
            rows++;
            Append(text, [.. orderColumns.Select((_, i) => i == noColumn ? stray.No : ""), .. goodsColumns.Select(c => stray.Row[c])]);
        }
        if (rows > SheetTable.MostRows) return SheetErrors.TooManyRows(SheetTable.MostRows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(Sheet orders, SheetRow order, int column, Sheet goods, SheetRow? line) =>
        orders.Mapping.Fields[column] == ImportField.Status && line is { } own && goods.Mapping.Text(own, ImportField.Status) is { Length: > 0 } status ? status : order[column];

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(c => $"\"{CellText.Clean(c).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
}
