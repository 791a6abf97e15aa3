using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace OrderHub.BrowserTests.Infrastructure;

/// <summary>A downloaded workbook as somebody else's program reads it: sheets by name, cells by their column's heading.</summary>
internal static class Workbook
{
    public static async Task<Dictionary<string, List<Dictionary<string, string>>>> ReadAsync(Stream file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // the reader's default for old formats
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(copy);
        var sheets = new Dictionary<string, List<Dictionary<string, string>>>();
        do
        {
            var rows = new List<List<string>>();
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "")]);
            sheets[reader.Name] = [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(c => c.First, c => c.Second))];
        }
        while (reader.NextResult());
        return sheets;
    }
}
