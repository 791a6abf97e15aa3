using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrderHub.Inventory.Exports;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Snapshots;

internal static class ExportSnapshot
{
    public static void MapSnapshotExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/stock/snapshots/{id:long}/export/{format:regex(^(xlsx|csv)$)}", WriteAsync).RequireAuthorization(Policies.ReadStock).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(long id, string format, ReadSnapshots snapshots, HubLocalizer texts, TimeProvider clock, CancellationToken ct)
    {
        var read = await snapshots.ReadAsync(id, all: true, ct);
        if (read.Error is { } error) return error.ToHttp();
        string[] header = [texts["SKU 编码"], texts["商品名称"], texts["外仓在库"], texts["我方在库"], texts["差异"], texts["快照后已动"], texts["在途未收"], texts["待发调拨"], texts["无法解释"], texts["外仓在途"], texts["我方在途"], texts["在途差异"], texts["占用"], texts["单据"]];
        return SheetFile.Of(format, $"{texts["差异单"]}-{read.Value.Head.SnapshotId}", header, read.Value.Lines.Select(l => (IReadOnlyList<Cell>)
            [l.Code, l.Sku?.Name, l.Difference.Theirs, l.Difference.Ours, l.Difference.Total, l.Difference.ByMovements, l.Difference.ByArrivals, l.Difference.ByDepartures, l.Unexplained, SheetFile.Whole(l.TheirInTransit), l.OurInTransit, SheetFile.Whole(l.InTransitDifference), l.Reserved, Documents(texts, l)]), clock);
    }

    private static string Documents(HubLocalizer texts, BillLine line)
    {
        var documents = line.Because.Select(d => $"{(d.No is { } no ? $"{no} {texts[MovementWords.Kind(d.Kind)]}" : texts["{0} 笔发货出库", d.Count])} {SnapshotPage.Pieces(texts, d)} {ShopTime.ToLocal(d.At):yyyy-MM-dd HH:mm}");
        return string.Join("; ", line.More > 0 ? documents.Append(texts["…及另外 {0} 张", line.More]) : documents);
    }
}
