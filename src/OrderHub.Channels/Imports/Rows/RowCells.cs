using OrderHub.Channels.Imports.Columns;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>One row through its mapping. What cannot be read is noted and reads as nothing.</summary>
internal sealed class RowCells(ColumnMapping mapping, SheetRow row, DateTimeOffset now)
{
    /// <summary>Clocks differ; a day ahead is a typing mistake.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public int Number => row.Number;
    public List<Error> Faults { get; } = [];

    public string Text(ImportField field, int longest = 400)
    {
        var text = mapping.Text(row, field);
        if (text.Length <= longest) return text;
        Faults.Add(RowErrors.TooLong(field.Chinese()));
        return "";
    }

    /// <param name="mayBeAhead">A deadline lies in the future.</param>
    public DateTimeOffset? Time(ImportField field, bool mayBeAhead = false)
    {
        if (Noted(CellValues.Time(mapping.Text(row, field), field.Chinese())) is not { } at) return null;
        if (mayBeAhead || at <= now + Ahead) return at;
        Faults.Add(RowErrors.FutureTime(field.Chinese(), ShopTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
        return null;
    }

    public long? Money(ImportField field)
    {
        long? sum = null;
        foreach (var cell in field.AddsUp() ? mapping.Texts(row, field) : [mapping.Text(row, field)])
        {
            if (Noted(CellValues.Money(cell, field.Chinese())) is not { } fen) continue;
            // discounts and refunds are written with either sign
            if (fen < 0 && field is ImportField.ShopDiscount or ImportField.PlatformDiscount or ImportField.Refund) fen = -fen;
            if (fen < 0) Faults.Add(RowErrors.NegativeMoney(field.Chinese(), CellText.Plain(cell)));
            sum = (sum ?? 0) + fen;
        }
        return sum;
    }

    public int? Quantity() => Noted(CellValues.Quantity(mapping.Text(row, ImportField.Quantity)));

    private T? Noted<T>(Result<T?> read)
    {
        if (read.Error is null) return read.Value;
        Faults.Add(read.Error);
        return default;
    }
}
