using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Contracts;

/// <summary>One refund, for the modules above.</summary>
public interface IRefundReader
{
    Task<RefundView?> FindAsync(long refundId, CancellationToken ct);

    /// <summary>Inside a transaction, with the refund's row locked until it ends.</summary>
    Task<RefundView?> LockAsync(HubTransaction tx, long refundId, CancellationToken ct);
}

/// <param name="OrderId">Null while the order is not here yet.</param>
public sealed record RefundView(long Id, int ShopId, string RefundNo, long Version, string PlatformOrderNo, long? OrderId, RefundKind Kind, RefundStatus Status, long AppliedFen, string Reason);

/// <summary>
/// What a module above adds under each refund on the order page. The component gets <c>RefundId</c> (long) and <c>ReadAt</c>
/// (DateTimeOffset, new each time the page read its order again), reads what it needs itself and renders nothing where it has nothing to offer.
/// </summary>
public sealed record RefundRowPart(Type Component);
