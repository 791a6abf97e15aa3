using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Freight;

/// <summary>A rate table as a file that can be changed and imported again.</summary>
internal static class ExportRates
{
    public static void MapRateExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/allocation/couriers/{code}/export/{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(string code, string format, ReadRates rates, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        if (await rates.TableAsync(code, ct) is not { } table) return AllocationErrors.CourierUnknown(code).ToHttp();
        var (name, file) = ($"{texts["运费表"]}-{table.Courier.Code}", new MemoryStream());
        string[] header = [.. RateSheet.Headers.Select(h => texts[h])];
        var rows = Rows(table);
        if (format == "csv") SpreadsheetWriter.WriteCsv(file, header, rows);
        else SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(name, header, rows));
        file.Position = 0;
        return TypedResults.File(file, format == "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}-{ShopTime.ToLocal(clock.GetUtcNow()):yyyyMMdd-HHmm}.{format}");
    }

    /// <summary>Kilograms are written as text with a point, so that no language's decimal comma changes them.</summary>
    internal static IEnumerable<IReadOnlyList<Cell>> Rows(RateTable table) => table.Rates.Select(r => (IReadOnlyList<Cell>)
    [
        table.Warehouses.FirstOrDefault(w => w.Id == r.Rate.FromWarehouseId)?.Name, r.Rate.ToProvince, RuleBook.RuleWords.Kilograms(r.Rate.FirstGrams), Cell.Fen(r.Rate.FirstFen),
        RuleBook.RuleWords.Kilograms(r.Rate.StepGrams), Cell.Fen(r.Rate.AdditionalFen),
    ]);
}
