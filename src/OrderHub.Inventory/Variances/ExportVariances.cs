using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Inventory.Exports;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;

namespace OrderHub.Inventory.Variances;

internal static class ExportVariances
{
    public static void MapVarianceExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/stock/variances/{week}/export/{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(DateOnly week, string format, CompareWeek compare, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var report = await compare.ReadAsync(WeekReport.MondayOf(week), ct);
        string[] header = [texts["时间"], texts["来源"], texts["单号"], texts["仓库"], texts["SKU 编码"], texts["商品名称"], texts["账面"], texts["实物"], texts["差异"], texts["差异金额"]];
        return SheetFile.Of(format, texts["账实差异"], header, report.Lines.Select(l => (IReadOnlyList<Cell>)
            [l.At, texts[l.IsCount ? "盘点" : "外仓快照"], l.Source, l.Warehouse, l.Sku?.Code, l.Sku?.Name, l.SystemPieces, l.PhysicalPieces, l.Variance, Cell.Fen(l.VarianceFen)]), clock);
    }
}
