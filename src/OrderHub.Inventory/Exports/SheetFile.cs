using Microsoft.AspNetCore.Http;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Exports;

/// <summary>A table as the file a browser saves.</summary>
internal static class SheetFile
{
    /// <param name="name">Sheet and file name; the time is added.</param>
    public static IResult Of(string format, string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<Cell>> rows, TimeProvider clock)
    {
        var file = new MemoryStream();
        if (format == "csv") SpreadsheetWriter.WriteCsv(file, header, rows);
        else SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(name, header, rows));
        file.Position = 0;
        return TypedResults.File(file, format == "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}-{ShopTime.ToLocal(clock.GetUtcNow()):yyyyMMdd-HHmm}.{format}");
    }

    public static Cell Whole(int? number) => number is { } known ? known : default(Cell);
}
