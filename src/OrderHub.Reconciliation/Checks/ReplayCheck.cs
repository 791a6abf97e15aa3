using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;
using OrderHub.Platform.Verification;

namespace OrderHub.Reconciliation.Checks;

/// <summary>
/// Compares the demo Taobao shop with the file it was fed from: every paid row is one order and one receivable of its amount, every unpaid
/// row a cancelled order that holds no stock, every refund a refund entry; to the fen. Looks at nothing unless a file is named.
/// </summary>
internal sealed class ReplayCheck(VerifyOptions options, HubDatabase database, ICatalog catalog, IOrderReports orders) : IVerifyCheck
{
    private const string ShopCode = "tb-demo";
    private const int ChunkSize = 1000;

    private sealed record Booked(long Payments, long ReceivableFen, long RefundFen);

    public string Name => "回放：文件每一行与订单、账本一致";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        var breaches = new BreachList();
        if (options.ReplayCsv is null) return breaches.ToResult();
        if ((await catalog.CurrentAsync(ct)).ShopByCode(ShopCode) is not { } shop)
        {
            breaches.Add($"没有店铺 {ShopCode}，无法比对。");
            return breaches.ToResult();
        }
        using var file = File.OpenText(options.ReplayCsv);
        foreach (var rows in ReplayFile.Read(file).Chunk(ChunkSize)) await CompareAsync(shop.Id, rows, breaches, ct);
        return breaches.ToResult();
    }

    private async Task CompareAsync(int shopId, ReplayFileRow[] rows, BreachList breaches, CancellationToken ct)
    {
        var numbers = rows.Select(r => r.PlatformOrderNo).ToArray();
        var here = (await orders.BriefsAsync(shopId, numbers, ct)).ToLookup(o => o.PlatformOrderNo);
        var booked = (await database.QueryAsync("""
            select platform_order_no, count(*) filter (where kind = 1), coalesce(sum(amount_fen) filter (where kind = 1), 0)::bigint,
                   coalesce(sum(amount_fen) filter (where kind = 4), 0)::bigint
              from reconciliation_money_entries where shop_id = $1 and platform_order_no = any($2) and kind <> 2 group by platform_order_no
            """, r => (No: r.GetString(0), Booked: new Booked(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), ct, shopId, numbers)).ToDictionary(b => b.No, b => b.Booked);
        breaches.Saw(rows.Length);
        foreach (var row in rows)
            if (Breach(row, [.. here[row.PlatformOrderNo]], booked.GetValueOrDefault(row.PlatformOrderNo) ?? new(0, 0, 0)) is { } breach)
                breaches.Add($"{row.PlatformOrderNo}：{breach}");
    }

    private static string? Breach(ReplayFileRow row, IReadOnlyList<OrderBrief> here, Booked booked)
    {
        if (here is not [var order]) return $"系统里有 {here.Count} 张订单";
        if (booked.RefundFen != row.RefundFen) return $"文件退款 {Money.ToYuan(row.RefundFen)}，账本 {Money.ToYuan(booked.RefundFen)}";
        if (!row.IsPaid)
            return order.State != OrderState.Cancelled ? $"没有付款，状态却是 {order.State.Chinese()}"
                : order.HeldPieces != 0 ? $"没有付款，却占用 {order.HeldPieces} 件库存"
                : booked.Payments != 0 ? "没有付款，却有应收" : null;
        return order.PaidFen != row.TotalFen ? $"文件付款 {Money.ToYuan(row.TotalFen)}，订单 {Money.ToYuan(order.PaidFen)}"
            : booked.Payments != 1 || booked.ReceivableFen != row.TotalFen ? $"文件付款 {Money.ToYuan(row.TotalFen)}，账本 {booked.Payments} 笔应收共 {Money.ToYuan(booked.ReceivableFen)}" : null;
    }
}
