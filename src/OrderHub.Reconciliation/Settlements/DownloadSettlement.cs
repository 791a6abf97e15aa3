using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;

namespace OrderHub.Reconciliation.Settlements;

internal static class DownloadSettlement
{
    public static void MapSettlementDownloads(this IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapGroup("/settlements/{day}").RequireAuthorization(Policies.Finance).ExcludeFromDescription();
        files.MapGet("/daily.xlsx", (DateOnly day, int? revision, ReadSettlements settlements, SettlementWorkbook workbook, CancellationToken ct) => FileAsync(day, revision, settlements, "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (detail, output) => SpreadsheetWriter.WriteXlsx(output, workbook.Sheets(detail)), ct));
        files.MapGet("/daily.csv", (DateOnly day, int? revision, ReadSettlements settlements, SettlementWorkbook workbook, CancellationToken ct) => FileAsync(day, revision, settlements, "csv",
            "text/csv; charset=utf-8", (detail, output) => { var table = workbook.Flat(detail); SpreadsheetWriter.WriteCsv(output, table.Header, table.Rows); }, ct));
    }

    private static async Task<IResult> FileAsync(DateOnly day, int? revision, ReadSettlements settlements, string kind, string contentType, Action<SettlementDetail, Stream> write, CancellationToken ct)
    {
        if (await settlements.DetailAsync(day, revision, null, ct) is not { } detail)
            return Results.Problem(ReconciliationErrors.NotSettled.Text, statusCode: StatusCodes.Status404NotFound, title: ReconciliationErrors.NotSettled.Code);
        var file = new MemoryStream();
        write(detail, file);
        file.Position = 0;
        return Results.File(file, contentType, string.Create(CultureInfo.InvariantCulture, $"日结报表-{day:yyyy-MM-dd}-r{detail.Settled.Revision}.{kind}"));
    }
}
