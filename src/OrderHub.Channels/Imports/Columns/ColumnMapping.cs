using System.Security.Cryptography;
using System.Text;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Columns;

/// <summary>Which column means what; one entry per column, null = not used.</summary>
internal sealed record ColumnMapping(IReadOnlyList<ImportField?> Fields)
{
    /// <summary>The same for files with the same columns in the same order.</summary>
    /// <param name="purpose">What the file is read for: its orders, or another system's results.</param>
    public static byte[] HashOf(IReadOnlyList<string> headers, string purpose = "orders") => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', headers.Select(HeaderWords.Normalize).Prepend(purpose))));

    /// <summary>By a known export, else by the words. Per meaning one column, but for those that add up.</summary>
    public static ColumnMapping Suggest(IReadOnlyList<string> headers, IReadOnlyList<ImportField> allowed)
    {
        var export = KnownExport.Of(headers);
        var meanings = headers.Select((header, column) => Meaning(header, column, export)).Where(m => m.Field is { } f && allowed.Contains(f)).ToList();
        var fields = new ImportField?[headers.Count];
        foreach (var group in meanings.GroupBy(m => m.Field!.Value))
            foreach (var chosen in group.Key.AddsUp() ? group : group.OrderBy(m => m.Rank).ThenBy(m => m.Column).Take(1)) fields[chosen.Column] = group.Key;
        return new(fields);
    }

    private static (ImportField? Field, int Rank, int Column) Meaning(string header, int column, KnownExport? export)
    {
        if (export is not null && export.Overrides.TryGetValue(HeaderWords.Normalize(header), out var meant)) return (meant, 0, column);
        return HeaderWords.FieldsOf(header) is [var (field, rank)] ? (field, rank, column) : (null, 0, column);
    }

    public bool Has(ImportField field) => Fields.Contains(field);

    /// <summary>Null when orders can be read with it.</summary>
    public Error? OrdersRefusal()
    {
        if (!Has(ImportField.OrderNo)) return ImportErrors.FieldMissing(ImportField.OrderNo.Chinese());
        if (!Has(ImportField.CreatedAt) && !Has(ImportField.PaidAt)) return ImportErrors.FieldMissing(ImportField.CreatedAt.Chinese());
        if (!Has(ImportField.Province) && !Has(ImportField.Address)) return ImportErrors.FieldMissing(ImportField.Address.Chinese());
        return Has(ImportField.Paid) || Has(ImportField.Payable) || Has(ImportField.Goods) || Has(ImportField.UnitPrice) ? null : ImportErrors.FieldMissing(ImportField.Paid.Chinese());
    }

    /// <summary>The first filled cell with this meaning, clean; empty when there is none.</summary>
    public string Text(SheetRow row, ImportField field)
    {
        for (var c = 0; c < Fields.Count; c++)
            if (Fields[c] == field && CellText.Clean(row[c]) is { Length: > 0 } text) return text;
        return "";
    }

    public IEnumerable<string> Texts(SheetRow row, ImportField field)
    {
        for (var c = 0; c < Fields.Count; c++)
            if (Fields[c] == field) yield return row[c];
    }

    public string[] ToNames() => [.. Fields.Select(f => f?.ToString() ?? "")];

    /// <summary>A name of an older version that is gone counts as not used.</summary>
    public static ColumnMapping From(IEnumerable<string?> names) => new([.. names.Select(n => Enum.TryParse<ImportField>(n, out var field) ? field : (ImportField?)null)]);
}
