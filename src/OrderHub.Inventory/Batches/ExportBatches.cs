using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Inventory.Exports;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;

namespace OrderHub.Inventory.Batches;

internal static class ExportBatches
{
    public static void MapBatchExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/stock/batches/export/{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(string format, string? view, string? q, ListBatches list, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var which = Enum.TryParse<BatchView>(view, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : BatchView.All;
        var batches = await list.ReadAsync(which, q, int.MaxValue, ct);
        string[] header = [texts["SKU 编码"], texts["商品名称"], texts["仓库"], texts["批号"], texts["有效期至"], texts["剩余天数"], texts["件数"], texts["成本金额"]];
        return SheetFile.Of(format, texts["批次效期"], header, batches.Rows.Select(r => (IReadOnlyList<Cell>)
            [r.Sku?.Code, r.Sku?.Name, r.Warehouse, r.BatchNo, r.ExpiresOn is { } day ? day : default(Cell), SheetFile.Whole(r.DaysLeft), r.Quantity, Cell.Fen(r.ValueFen)]), clock);
    }
}
