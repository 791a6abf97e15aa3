using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;

namespace OrderHub.Channels.Imports.Sheets;

/// <param name="Number">As Excel counts: 1 is the first row of the sheet.</param>
internal readonly record struct SheetRow(int Number, string[] Cells)
{
    public bool IsEmpty => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
    public string this[int column] => column < Cells.Length ? Cells[column] : "";
}

/// <summary>A file's first sheet as rows of text, streamed.</summary>
internal static class SheetRows
{
    public static IEnumerable<SheetRow> Read(byte[] content, SheetFormat format) => format == SheetFormat.Csv ? ReadCsv(content) : ReadExcel(content);

    private static IEnumerable<SheetRow> ReadCsv(byte[] content)
    {
        var encoding = SheetText.Recognise(content) ?? Encoding.UTF8;
        using var text = new StreamReader(new MemoryStream(content, writable: false), encoding, detectEncodingFromByteOrderMarks: true);
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(content, encoding), BadDataFound = null, IgnoreBlankLines = false, MaxFieldSize = 100_000, // ="123" counts as bad data and is read all the same
        });
        var number = 0;
        while (parser.Read()) yield return new(++number, parser.Record!);
    }

    /// <summary>Exports named .csv come with tabs and semicolons, too.</summary>
    private static string DelimiterOf(byte[] content, Encoding encoding)
    {
        var start = SheetText.Start(content, encoding, 8192);
        var line = start.Split('\n').FirstOrDefault(l => l.Trim().Length > 0) ?? "";
        return new[] { ",", "\t", ";" }.MaxBy(d => line.Split(d).Length)!;
    }

    private static IEnumerable<SheetRow> ReadExcel(byte[] content)
    {
        var chinese = SheetText.Gb18030; // first: the reader's own settings already ask for a code page
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(content, writable: false), new ExcelReaderConfiguration { FallbackEncoding = chinese });
        var number = 0;
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var c = 0; c < cells.Length; c++) cells[c] = Text(reader.GetValue(c));
            yield return new(++number, cells);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime at => at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number => Text(number),
        bool yes => yes ? "是" : "否",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Excel keeps 15 digits. A longer number stays in its scientific form, so that whoever needs the digits sees that they are lost.</summary>
    private static string Text(double number) =>
        Math.Abs(number) >= 1e15 ? number.ToString("E14", CultureInfo.InvariantCulture) : ((decimal)Math.Round(number, 10)).ToString("0.##########", CultureInfo.InvariantCulture);
}
