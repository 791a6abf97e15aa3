using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Inventory.Exports;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;

namespace OrderHub.Inventory.Documents;

/// <summary>The list as it is filtered on the page, and one document's lines, as files.</summary>
internal static class ExportDocuments
{
    public static void MapDocumentExport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/stock/documents/export/{format:regex(^(xlsx|csv)$)}", ListAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();
        app.MapGet("/stock/documents/{no}/export/{format:regex(^(xlsx|csv)$)}", OneAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(string format, string? kind, string? state, string? q, ListDocuments list, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var rows = await list.AllAsync(new DocumentQuery(DocumentWords.ParseKind(kind), DocumentWords.ParseState(state), q), ct);
        string[] header = [texts["单号"], texts["类型"], texts["状态"], texts["仓库"], texts["调出仓"], texts["对方单号"], texts["原因"], texts["行数"], texts["件数"], texts["已到"], texts["建单时间"], texts["经手"]];
        return SheetFile.Of(format, texts["库存单据"], header, rows.Select(r => (IReadOnlyList<Cell>)
            [r.No, texts[DocumentWords.Kind(r.Kind)], texts[DocumentWords.State(r.State)], r.Warehouse, r.From, r.Reference, r.Reason, r.Lines, r.Pieces, r.Arrived, r.CreatedAt, r.CreatedBy]), clock);
    }

    private static async Task<IResult> OneAsync(string no, string format, ReadDocument reader, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var read = await reader.ReadAsync(no, ct);
        if (read.Error is { } error) return Platform.Results.HttpResults.ToHttp(error);
        string[] header = [texts["SKU 编码"], texts["商品名称"], texts["规格"], texts["数量"], texts["可售"], texts["次品"], texts["账面"], texts["差异"], texts["批号"], texts["有效期至"]];
        return SheetFile.Of(format, no, header, read.Value.Lines.Select(l => (IReadOnlyList<Cell>)
            [l.Sku?.Code, l.Sku?.Name, l.Sku?.Spec, SheetFile.Whole(l.Quantity), l.Done, l.Defective, SheetFile.Whole(l.SystemQuantity), SheetFile.Whole(l.Difference), l.BatchNo, l.ExpiresOn is { } day ? day : default(Cell)]), clock);
    }
}
