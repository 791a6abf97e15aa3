using OrderHub.Platform.Results;

namespace OrderHub.Reconciliation.Contracts;

/// <summary>Writes a business day's settlement (日结). Opens its own transaction.</summary>
public interface IDailySettlement
{
    /// <summary>
    /// Running it again changes no figure. Entries that came late for the day give a new revision; the old one stays.
    /// A day that is not over is settled provisionally; a day in the future is refused, and so is one of which the ledger still awaits news.
    /// </summary>
    /// <param name="day">In Asia/Shanghai.</param>
    Task<SettlementReport> SettleAsync(DateOnly day, CancellationToken ct);
}

/// <summary>settled: a new revision was written · unchanged: the newest revision still holds · waiting: events of the day are undelivered · notYet: the day has not begun.</summary>
public enum SettlementStatus { Settled = 1, Unchanged = 2, Waiting = 3, NotYet = 4 }

/// <param name="Revision">0 when nothing was settled.</param>
/// <param name="Provisional">The day was not over when it was settled.</param>
/// <param name="Refusal">For waiting and notYet: why, and what to do.</param>
public sealed record SettlementReport(DateOnly Day, SettlementStatus Status, int Revision, bool Provisional, IReadOnlyList<SettlementLine> Lines, Error? Refusal = null)
{
    public SettlementLine Total => SettlementLine.Sum(Lines);
}

/// <summary>One shop's day, in fen. Shops without any movement have no line.</summary>
/// <param name="Orders">Orders whose money arrived that day.</param>
/// <param name="FeeFen">Platform commission accrued on them.</param>
/// <param name="FeeReversalFen">Commission given back because of refunds of the day, whenever the orders were paid.</param>
/// <param name="ShippedNotSigned">Orders on their way at the end of the day (for a provisional settlement: at that moment).</param>
public sealed record SettlementLine(int ShopId, long Orders, long ReceivableFen, long FeeFen, long FeeReversalFen, long RefundFen, long ShippedNotSigned)
{
    /// <summary>What the day brings: receivable − fee + fee reversal − refunds.</summary>
    public long NetFen => ReceivableFen - FeeFen + FeeReversalFen - RefundFen;

    /// <summary>Shop id 0.</summary>
    public static SettlementLine Sum(IReadOnlyCollection<SettlementLine> lines) => new(0, lines.Sum(l => l.Orders), lines.Sum(l => l.ReceivableFen), lines.Sum(l => l.FeeFen),
        lines.Sum(l => l.FeeReversalFen), lines.Sum(l => l.RefundFen), lines.Sum(l => l.ShippedNotSigned));
}
