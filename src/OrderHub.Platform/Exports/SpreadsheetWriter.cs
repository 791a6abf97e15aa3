using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace OrderHub.Platform.Exports;

/// <summary>What a cell may hold: text, a whole number, money in fen, an instant (written in shop time), a day, or nothing.</summary>
public readonly record struct Cell(object? Value)
{
    public static implicit operator Cell(string? text) => new(text);
    public static implicit operator Cell(long number) => new(number);
    public static implicit operator Cell(DateOnly day) => new(day);
    public static implicit operator Cell(DateTimeOffset instant) => new(instant);
    public static Cell Fen(long fen) => new(new Money(fen));
    internal sealed record Money(long Fen);
}

/// <summary>Writes a table as .xlsx (streamed, one sheet after another) or as .csv (UTF-8 with BOM, so that Excel reads the Chinese).</summary>
public static class SpreadsheetWriter
{
    public sealed record Sheet(string Name, IReadOnlyList<string> Header, IEnumerable<IReadOnlyList<Cell>> Rows);

    public static void WriteXlsx(Stream output, params IReadOnlyList<Sheet> sheets)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Entry(zip, "[Content_Types].xml", """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>"""
            + string.Concat(sheets.Select((_, i) => $"""<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")) + "</Types>");
        Entry(zip, "_rels/.rels", """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Entry(zip, "xl/workbook.xml", """<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"""
            + string.Concat(sheets.Select((s, i) => $"""<sheet name="{SecurityElement.Escape(s.Name)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""")) + "</sheets></workbook>");
        Entry(zip, "xl/_rels/workbook.xml.rels", """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""
            + string.Concat(sheets.Select((_, i) => $"""<Relationship Id="rId{i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i + 1}.xml"/>"""))
            + $"""<Relationship Id="rId{sheets.Count + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
        // cell styles: 0 general, 1 bold header, 2 money, 3 instant, 4 day
        Entry(zip, "xl/styles.xml", """<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>""");
        for (var i = 0; i < sheets.Count; i++) WriteSheet(zip, i + 1, sheets[i]);
    }

    public static void WriteCsv(Stream output, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(string.Join(',', header.Select(h => CsvText(h))));
        foreach (var row in rows) writer.WriteLine(string.Join(',', row.Select(CsvCell)));
    }

    private static void WriteSheet(ZipArchive zip, int number, Sheet sheet)
    {
        using var writer = Part(zip, $"xl/worksheets/sheet{number}.xml");
        writer.Write("""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" baseColWidth="16"/><sheetData>""");
        writer.Write("""<row r="1">""");
        for (var c = 0; c < sheet.Header.Count; c++) writer.Write($"""<c r="{Column(c)}1" s="1" t="inlineStr"><is><t>{Xml(sheet.Header[c])}</t></is></c>""");
        writer.Write("</row>");
        var r = 1;
        foreach (var row in sheet.Rows)
        {
            r++;
            writer.Write($"""<row r="{r}">""");
            for (var c = 0; c < row.Count; c++) WriteCell(writer, $"{Column(c)}{r}", row[c].Value);
            writer.Write("</row>");
        }
        writer.Write("</sheetData></worksheet>");
    }

    private static void WriteCell(StreamWriter writer, string at, object? value)
    {
        switch (value)
        {
            case null: break;
            case long number: writer.Write($"""<c r="{at}"><v>{number.ToString(CultureInfo.InvariantCulture)}</v></c>"""); break;
            case Cell.Money money: writer.Write($"""<c r="{at}" s="2"><v>{Units.Money.ToYuan(money.Fen)}</v></c>"""); break;
            case DateTimeOffset instant: writer.Write($"""<c r="{at}" s="3"><v>{Units.ShopTime.ToLocal(instant).ToOADate().ToString("0.##########", CultureInfo.InvariantCulture)}</v></c>"""); break;
            case DateOnly day: writer.Write($"""<c r="{at}" s="4"><v>{day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)}</v></c>"""); break;
            default: writer.Write($"""<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{Xml(value.ToString()!)}</t></is></c>"""); break;
        }
    }

    private static string CsvCell(Cell cell) => cell.Value switch
    {
        null => "",
        long number => number.ToString(CultureInfo.InvariantCulture),
        Cell.Money money => Units.Money.ToYuan(money.Fen),
        DateTimeOffset instant => Units.ShopTime.ToLocal(instant).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var text => CsvText(text.ToString()!),
    };

    /// <summary>Quotes where needed; a text that a spreadsheet would run as a formula gets a leading apostrophe.</summary>
    private static string CsvText(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column(index / 26 - 1) + (char)('A' + index % 26);

    private static string Xml(string text) => SecurityElement.Escape(new string([.. text.Where(c => c is '\t' or '\n' or '\r' || c >= ' ')]));

    private static void Entry(ZipArchive zip, string name, string xml)
    {
        using var writer = Part(zip, name);
        writer.Write(xml);
    }

    /// <summary>Always the same date, so that the same table is the same file, byte by byte.</summary>
    private static StreamWriter Part(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new StreamWriter(entry.Open(), new UTF8Encoding(false));
    }
}
