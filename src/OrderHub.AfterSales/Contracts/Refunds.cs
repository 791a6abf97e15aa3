using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Contracts;

public enum RefundKind { RefundOnly = 1, ReturnRefund = 2, Exchange = 3 }

public enum RefundStatus { Applied = 1, Agreed = 2, Returning = 3, Received = 4, Refused = 5, Closed = 6, Done = 7 }

/// <summary>A platform's refund as every channel hands it in. Money in fen.</summary>
/// <param name="Version">Grows with every change; modification time in Unix milliseconds where the platform has none.</param>
/// <param name="RefundedFen">What was really paid back; 0 until <see cref="RefundStatus.Done"/>.</param>
public sealed record IncomingRefund(int ShopId, string RefundNo, long Version, string PlatformOrderNo, string? PlatformLineNo, RefundKind Kind, RefundStatus Status,
    long AppliedFen, long RefundedFen, string Reason, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);

/// <summary>
/// Takes refunds in: newest version wins, an open refund holds the unshipped order, a finished full refund cancels it (or returns the
/// shipped one). A refund whose order is not here yet is kept and joined later. Joins the caller's transaction.
/// </summary>
public interface IRefundIntake
{
    Task AcceptAsync(HubTransaction tx, IReadOnlyList<IncomingRefund> refunds, CancellationToken ct);
}

/// <summary>Money went back to a buyer; said once per refund.</summary>
public sealed record RefundDone(int ShopId, string RefundNo, string PlatformOrderNo, long RefundedFen, DateTimeOffset DoneAt);
