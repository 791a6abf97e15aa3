using System.Globalization;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Exports;
using OrderHub.Platform.Texts;
using OrderHub.Platform.Units;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>The 日结报表 as tables. The same revision in the same language gives the same content; totals are the sums of their rows.</summary>
internal sealed class SettlementWorkbook(HubLocalizer l)
{
    public IReadOnlyList<SpreadsheetWriter.Sheet> Sheets(SettlementDetail detail) => [Summary(detail), Receivables(detail), Refunds(detail), Unsigned(detail)];

    /// <summary>One flat table for programs: every document of the day with its kind, no totals.</summary>
    public SpreadsheetWriter.Sheet Flat(SettlementDetail detail)
    {
        Cell day = detail.Settled.Day;
        IEnumerable<IReadOnlyList<Cell>> rows =
        [
            .. detail.Receivables.Select(r => (IReadOnlyList<Cell>)[day, l["应收"], Shop(detail, r.ShopId), r.PlatformOrderNo, r.OrderNo, "", r.PaidAt, Cell.Fen(r.ReceivableFen)]),
            .. detail.Receivables.Select(r => (IReadOnlyList<Cell>)[day, l["平台费"], Shop(detail, r.ShopId), r.PlatformOrderNo, r.OrderNo, "", r.PaidAt, Cell.Fen(r.FeeFen)]),
            .. detail.Refunds.Where(r => r.RefundFen > 0).Select(r => (IReadOnlyList<Cell>)[day, l["退款"], Shop(detail, r.ShopId), r.PlatformOrderNo, "", r.RefundNo, r.At, Cell.Fen(r.RefundFen)]),
            .. detail.Refunds.Where(r => r.FeeReversalFen > 0).Select(r => (IReadOnlyList<Cell>)[day, l["平台费返还"], Shop(detail, r.ShopId), r.PlatformOrderNo, "", r.RefundNo, r.At, Cell.Fen(r.FeeReversalFen)]),
            .. detail.Unsigned.Select(u => (IReadOnlyList<Cell>)[day, l["已发未签"], Shop(detail, u.ShopId), u.PlatformOrderNo, OrderNo.From(u.OrderId), "", u.ShippedAt, Cell.Fen(u.PaidFen)]),
        ];
        return new("", [l["日期"], l["类别"], l["店铺"], l["平台订单号"], l["系统单号"], l["退款单号"], l["时间"], l["金额"]], rows);
    }

    private SpreadsheetWriter.Sheet Summary(SettlementDetail detail) => new(l["汇总"],
        [l["店铺"], l["订单数"], l["应收"], l["平台费"], l["平台费返还"], l["退款"], l["净额"], l["已发未签"]],
        detail.Settled.Lines.Append(detail.Settled.Total).Select(line => (IReadOnlyList<Cell>)
        [
            line.ShopId == 0 ? l["合计"] : Shop(detail, line.ShopId), line.Orders, Cell.Fen(line.ReceivableFen), Cell.Fen(line.FeeFen), Cell.Fen(line.FeeReversalFen),
            Cell.Fen(line.RefundFen), Cell.Fen(line.NetFen), line.ShippedNotSigned,
        ]));

    private SpreadsheetWriter.Sheet Receivables(SettlementDetail detail) => new(l["应收明细"],
        [l["店铺"], l["平台订单号"], l["系统单号"], l["付款时间"], l["应收"], l["平台费率"], l["平台费"]],
        detail.Receivables.Select(r => (IReadOnlyList<Cell>)
            [Shop(detail, r.ShopId), r.PlatformOrderNo, r.OrderNo, r.PaidAt, Cell.Fen(r.ReceivableFen), r.RatePercent.ToString("0.00'%'", CultureInfo.InvariantCulture), Cell.Fen(r.FeeFen)])
            .Append([l["合计"], "", "", "", Cell.Fen(detail.Receivables.Sum(r => r.ReceivableFen)), "", Cell.Fen(detail.Receivables.Sum(r => r.FeeFen))]));

    private SpreadsheetWriter.Sheet Refunds(SettlementDetail detail) => new(l["退款明细"],
        [l["店铺"], l["平台订单号"], l["退款单号"], l["退款时间"], l["退款金额"], l["平台费返还"]],
        detail.Refunds.Select(r => (IReadOnlyList<Cell>)[Shop(detail, r.ShopId), r.PlatformOrderNo, r.RefundNo, r.At, Cell.Fen(r.RefundFen), Cell.Fen(r.FeeReversalFen)])
            .Append([l["合计"], "", "", "", Cell.Fen(detail.Refunds.Sum(r => r.RefundFen)), Cell.Fen(detail.Refunds.Sum(r => r.FeeReversalFen))]));

    private SpreadsheetWriter.Sheet Unsigned(SettlementDetail detail) => new(l["已发未签"],
        [l["店铺"], l["平台订单号"], l["系统单号"], l["发货时间"], l["订单金额"]],
        detail.Unsigned.Select(u => (IReadOnlyList<Cell>)[Shop(detail, u.ShopId), u.PlatformOrderNo, OrderNo.From(u.OrderId), u.ShippedAt, Cell.Fen(u.PaidFen)])
            .Append([l["合计"], "", "", "", Cell.Fen(detail.Unsigned.Sum(u => u.PaidFen))]));

    private static string Shop(SettlementDetail detail, int shopId) => detail.ShopNames.TryGetValue(shopId, out var name) ? name : shopId.ToString(CultureInfo.InvariantCulture);
}
