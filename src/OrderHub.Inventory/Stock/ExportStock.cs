using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Stock;

/// <summary>The list as it is searched and filtered on the page, as a file.</summary>
internal static class ExportStock
{
    public static void MapStockExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/stock/export/{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(string format, string? q, string? view, ListStock list, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var stock = await list.AllAsync(new StockQuery(q, StockViews.Parse(view)), ct);
        string[] header = [texts["SKU 编码"], texts["商品名称"], texts["规格"], texts["条码"], .. stock.Warehouses.Select(w => texts["{0} 可用", w.Name]),
            texts["可用"], texts["在库"], texts["占用"], texts["安全库存"], texts["上架量"]];
        var rows = stock.Lines.Select(line => (IReadOnlyList<Cell>)
        [
            line.Sku.Code, line.Sku.Name, line.Sku.Spec, line.Sku.Barcode, .. stock.Warehouses.Select(w => (Cell)line.AvailableAt.GetValueOrDefault(w.Id)),
            line.Available, line.OnHand, line.Reserved, line.SafetyStock, line.Publish,
        ]);
        var file = new MemoryStream();
        if (format == "csv") SpreadsheetWriter.WriteCsv(file, header, rows);
        else SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(texts["库存"], header, rows));
        file.Position = 0;
        var name = $"{texts["库存"]}-{ShopTime.ToLocal(clock.GetUtcNow()):yyyyMMdd-HHmm}.{format}";
        return TypedResults.File(file, format == "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }
}
