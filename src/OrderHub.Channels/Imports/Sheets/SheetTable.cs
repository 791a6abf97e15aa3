using ExcelDataReader.Exceptions;
using OrderHub.Channels.Imports.Columns;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Sheets;

/// <summary>A file as a table: its header, wherever that stands among the first rows, and what follows.</summary>
internal sealed class SheetTable
{
    public const int MostRows = 50_000, SampleRows = 20, MostColumns = 400;
    private const int HeaderSearch = 20;
    private readonly byte[] _content;
    private readonly SheetFormat _format;

    private SheetTable(byte[] content, SheetFormat format, int headerRow, IReadOnlyList<string> headers) => (_content, _format, HeaderRow, Headers) = (content, format, headerRow, headers);

    /// <summary>Its number as Excel counts.</summary>
    public int HeaderRow { get; }
    public IReadOnlyList<string> Headers { get; }

    /// <summary>The rows below the header that are not empty; each enumeration reads the file again.</summary>
    public IEnumerable<SheetRow> Rows => SheetRows.Read(_content, _format).Where(r => r.Number > HeaderRow && !r.IsEmpty);

    public static Result<SheetTable> Open(byte[] content)
    {
        var format = SheetFormats.Recognise(content);
        if (format.Error is { } unknown) return unknown;
        try
        {
            var first = SheetRows.Read(content, format.Value).Take(HeaderSearch).Where(r => !r.IsEmpty).ToList();
            if (first.Count == 0) return SheetErrors.Empty;
            var header = first.MaxBy(r => (r.Cells.Count(c => HeaderWords.FieldsOf(c).Count > 0), -r.Number));
            if (header.Cells.Count(c => c.Trim().Length > 0) < 2) return SheetErrors.NoHeader;
            return new SheetTable(content, format.Value, header.Number, [.. header.Cells.Take(MostColumns).Select(CellText.Clean)]);
        }
        catch (Exception failure) when (Refusal(failure) is { } refusal)
        {
            return refusal;
        }
    }

    /// <summary>Reads everything once: the sample's rows, and how many there are.</summary>
    public Result<(IReadOnlyList<SheetRow> Sample, int Rows)> Measure()
    {
        try
        {
            var sample = new List<SheetRow>(SampleRows);
            var rows = 0;
            foreach (var row in Rows)
            {
                if (++rows > MostRows) return SheetErrors.TooManyRows(MostRows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
                if (rows <= SampleRows) sample.Add(row);
            }
            return rows == 0 ? SheetErrors.NoRows : (sample, rows);
        }
        catch (Exception failure) when (Refusal(failure) is { } refusal)
        {
            return refusal;
        }
    }

    /// <summary>The readers' own words for a broken file; null = a mistake of ours.</summary>
    private static Error? Refusal(Exception failure) => failure switch
    {
        InvalidPasswordException => SheetErrors.Locked,
        ExcelReaderException or InvalidDataException or System.Xml.XmlException or CsvHelper.CsvHelperException or EndOfStreamException or OverflowException => SheetErrors.Broken(failure.Message),
        _ => null,
    };
}
