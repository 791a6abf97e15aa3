using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Shortages;

/// <summary>Who waits for what, as a file: one row per order and SKU, in the fair order.</summary>
internal static class ExportTriage
{
    public static void MapTriageExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/orders/shortage/export.{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadOrders).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(string format, string? q, ReadTriage triage, ICatalog catalogs, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        string[] header = [.. new[] { "SKU 编码", "商品名称", "缺件", "可用", "在途", "次序", "订单号", "平台单号", "店铺", "买家", "要货件数", "最晚发货", "付款时间", "VIP", "手工次序", "建议", "还缺" }.Select(h => texts[h])];
        var rows = new List<IReadOnlyList<Cell>>();
        await foreach (var (line, order) in triage.AllAsync(q, ct))
            rows.Add([line.Sku.Code, line.Sku.Name, line.Shortage.Missing, line.Shortage.Free, line.InTransit, order.Place, order.No, order.PlatformOrderNo, catalog.Shop(order.ShopId)?.Name, order.BuyerNick,
                order.Wanted, new Cell(order.ShipBy), new Cell(order.PaidAt), order.IsVip ? "VIP" : "", order.SetReason, texts[order.Verdict.Chinese()], string.Join(' ', order.OtherMissing)]);
        var file = new MemoryStream();
        if (format == "csv") SpreadsheetWriter.WriteCsv(file, header, rows);
        else SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(texts["缺货"], header, rows));
        file.Position = 0;
        return TypedResults.File(file, format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            $"shortage-{ShopTime.ToLocal(clock.GetUtcNow()):yyyyMMdd-HHmm}.{format}");
    }
}
