using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Imports.Runs;

/// <summary>Every finding of an import as a workbook: errors on the first sheet, remarks on the second.</summary>
internal static class FindingsFile
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapImportDownloads(this IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapGroup("/imports").RequireAuthorization(Policies.Channels).ExcludeFromDescription();
        files.MapGet("/{id:long}/findings.xlsx", FindingsAsync);
        files.MapGet("/template.xlsx", Template);
    }

    private static async Task<IResult> FindingsAsync(long id, ReadImportsHandler imports, HubLocalizer L, CancellationToken ct)
    {
        if (await imports.FindAsync(id, ct) is null) return Results.Problem(ImportErrors.NotFound.Text, statusCode: StatusCodes.Status404NotFound, title: ImportErrors.NotFound.Code);
        var errors = await imports.FindingsAsync(id, remarks: false, int.MaxValue, ct);
        var remarks = await imports.FindingsAsync(id, remarks: true, int.MaxValue, ct);
        var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, Sheet(L["错误"], errors, L), Sheet(L["提示"], remarks, L));
        file.Position = 0;
        return Results.File(file, Workbook, string.Create(CultureInfo.InvariantCulture, $"import-{id}-findings.xlsx"));
    }

    private static SpreadsheetWriter.Sheet Sheet(string name, IReadOnlyList<FindingRow> findings, HubLocalizer L) =>
        new(name, [L["行号"], L["订单号"], L["说明"]], findings.Select(f => (IReadOnlyList<Cell>)[f.Row, f.OrderNo, L.Words(f)]));

    /// <summary>Our own columns with two lines of one order, as they should be filled in.</summary>
    private static IResult Template()
    {
        string[] header = ["订单号", "订单状态", "下单时间", "付款时间", "买家昵称", "收货人", "收货电话", "省", "市", "区县", "详细地址", "商家编码", "商品名称", "商品规格", "数量", "单价", "运费", "店铺优惠", "平台优惠", "实付金额", "买家留言", "卖家备注"];
        IReadOnlyList<Cell>[] rows =
        [
            ["A20260101001", "待发货", "2026-01-01 10:00:00", "2026-01-01 10:01:00", "buyer01", "张三", "13800000000", "浙江省", "杭州市", "西湖区", "文三路 1 号", "SKU-001", "纯棉T恤", "白 L", 1, "99.00", "0", "9.00", "0", "110.00", "", ""],
            ["A20260101001", "待发货", "2026-01-01 10:00:00", "2026-01-01 10:01:00", "buyer01", "张三", "13800000000", "浙江省", "杭州市", "西湖区", "文三路 1 号", "SKU-002", "中筒袜", "黑", 2, "10.00", "0", "9.00", "0", "110.00", "", ""],
        ];
        var file = new MemoryStream();
        SpreadsheetWriter.WriteXlsx(file, new SpreadsheetWriter.Sheet("orders", header, rows));
        file.Position = 0;
        return Results.File(file, Workbook, "orderhub-orders.xlsx");
    }
}

internal static class FindingWords
{
    /// <summary>In the reader's language; words among the values are translated, too.</summary>
    public static string Words(this HubLocalizer L, FindingRow finding) => L[finding.Message, [.. finding.Arguments.Select(a => L[a])]];
}
