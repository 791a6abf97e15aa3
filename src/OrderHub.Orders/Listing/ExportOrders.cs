using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Listing;

/// <summary>The list as it is filtered on the page, as a file.</summary>
internal sealed class ExportOrders(ListOrders list, ICatalog catalogs, IFulfilmentNetwork networks, HubLocalizer texts, TimeProvider clock)
{
    public const int MostRows = 50_000;
    private const int PageSize = 2_000;

    /// <returns>A temporary file at its beginning; it is gone when the stream is closed.</returns>
    public async Task<Stream> WriteAsync(OrderListUrl url, bool csv, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var network = await networks.CurrentAsync(ct);
        var rows = await ReadAsync(url.ToFilter(catalog, clock.GetUtcNow()), ct);
        string[] header = [.. new[] { "订单号", "平台单号", "店铺", "买家", "省份", "城市", "行数", "件数", "实付", "状态", "仓库", "快递", "下单时间", "付款时间", "最晚发货", "发货时间", "拦截原因" }.Select(h => texts[h])];
        var cells = rows.Select(r => Cells(r, catalog, network));

        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            if (csv) SpreadsheetWriter.WriteCsv(file, header, cells);
            else SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet(texts["订单"], header, cells));
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<List<OrderListRow>> ReadAsync(OrderFilter filter, CancellationToken ct)
    {
        var rows = new List<OrderListRow>();
        OrderCursor? after = null;
        do
        {
            var page = await list.PageAsync(filter, after, Math.Min(PageSize, MostRows - rows.Count), ct);
            rows.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null && rows.Count < MostRows);
        return rows;
    }

    private IReadOnlyList<Cell> Cells(OrderListRow r, CatalogSnapshot catalog, FulfilmentNetwork network) =>
    [
        r.No, r.PlatformOrderNo, catalog.Shop(r.ShopId)?.Name, r.BuyerNick, r.Province, r.City, r.Lines, r.Pieces, Cell.Fen(r.PayFen), texts[r.State.Chinese()],
        network.Warehouse(r.WarehouseId)?.Name, network.Courier(r.CourierId)?.Name, r.CreatedAt, Instant(r.PaidAt), Instant(r.ShipBy), Instant(r.ShippedAt),
        r.Hold is { } hold ? texts[hold] : (string?)null,
    ];

    private static Cell Instant(DateTimeOffset? at) => new(at);
}

internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder app)
    {
        Map(app, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        Map(app, "csv", "text/csv; charset=utf-8");
    }

    private static void Map(IEndpointRouteBuilder app, string extension, string contentType) => app
        .MapGet($"/orders/export.{extension}", async ([AsParameters] OrderListUrl url, ExportOrders export, TimeProvider clock, CancellationToken ct) =>
            TypedResults.File(await export.WriteAsync(url, extension == "csv", ct), contentType,
                $"orders-{ShopTime.ToLocal(clock.GetUtcNow()):yyyyMMdd-HHmm}.{extension}"))
        .ExcludeFromDescription()
        .RequireAuthorization(Policies.ReadOrders);
}
