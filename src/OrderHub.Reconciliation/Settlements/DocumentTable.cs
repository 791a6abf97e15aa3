using System.Globalization;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <param name="Word">A localizer key.</param>
internal sealed record DocumentColumn(string Word, bool IsNumber = false);

internal sealed record DocumentCell(string Text, string? Href = null)
{
    public static implicit operator DocumentCell(string text) => new(text);
    public static DocumentCell Order(string orderNo) => new(orderNo, "/orders/" + orderNo);
}

internal sealed record DocumentRow(IReadOnlyList<DocumentCell> Cells, bool IsTotal = false);

/// <summary>A settlement's lines or documents as the day's page shows them.</summary>
/// <param name="IsCut">There may be more than is shown.</param>
internal sealed record DocumentTable(IReadOnlyList<DocumentColumn> Columns, IReadOnlyList<DocumentRow> Rows, bool IsCut = false)
{
    public static DocumentTable OfShops(SettlementDetail detail, string totalWord) => new(
        [new("店铺"), new("订单数", true), new("应收", true), new("平台费", true), new("平台费返还", true), new("退款", true), new("净额", true), new("已发未签", true)],
        detail.Settled.Lines.Count == 0 ? []
            : [.. detail.Settled.Lines.Select(l => Line(Shop(detail, l.ShopId), l)), Line(totalWord, detail.Settled.Total) with { IsTotal = true }]);

    public static DocumentTable OfReceivables(SettlementDetail detail, int shown) => new(
        [new("店铺"), new("平台订单号"), new("系统单号"), new("付款时间"), new("应收", true), new("平台费率", true), new("平台费", true)],
        [.. detail.Receivables.Select(r => new DocumentRow([Shop(detail, r.ShopId), r.PlatformOrderNo, DocumentCell.Order(r.OrderNo), Time(r.PaidAt),
            Money.Format(r.ReceivableFen), r.RatePercent.ToString("0.00'%'", CultureInfo.InvariantCulture), Money.Format(r.FeeFen)]))], detail.Receivables.Count >= shown);

    public static DocumentTable OfRefunds(SettlementDetail detail, int shown) => new(
        [new("店铺"), new("平台订单号"), new("退款单号"), new("退款时间"), new("退款金额", true), new("平台费返还", true)],
        [.. detail.Refunds.Select(r => new DocumentRow([Shop(detail, r.ShopId), r.PlatformOrderNo, new(r.RefundNo, "/aftersales?q=" + Uri.EscapeDataString(r.RefundNo)),
            Time(r.At), Money.Format(r.RefundFen), Money.Format(r.FeeReversalFen)]))], detail.Refunds.Count >= shown);

    public static DocumentTable OfUnsigned(SettlementDetail detail, int shown) => new(
        [new("店铺"), new("平台订单号"), new("系统单号"), new("发货时间"), new("订单金额", true)],
        [.. detail.Unsigned.Select(u => new DocumentRow([Shop(detail, u.ShopId), u.PlatformOrderNo, DocumentCell.Order(OrderNo.From(u.OrderId)), Time(u.ShippedAt), Money.Format(u.PaidFen)]))],
        detail.Unsigned.Count >= shown);

    private static DocumentRow Line(string name, SettlementLine line) => new([name, SettleAction.Text(line.Orders), Money.Format(line.ReceivableFen), Money.Format(line.FeeFen),
        Money.Format(line.FeeReversalFen), Money.Format(line.RefundFen), Money.Format(line.NetFen), SettleAction.Text(line.ShippedNotSigned)]);

    private static string Shop(SettlementDetail detail, int shopId) => detail.ShopNames.TryGetValue(shopId, out var name) ? name : shopId.ToString(CultureInfo.InvariantCulture);
    private static string Time(DateTimeOffset at) => ShopTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
