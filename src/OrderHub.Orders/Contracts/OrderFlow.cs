using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Contracts;

/// <summary>What may happen to an accepted order. The full table with states and roles is data (<c>OrderTransitions</c>), shown on the help page.</summary>
public enum OrderTrigger
{
    Pay = 1, SendToReview = 2, Approve = 3, Allocate = 4, RunShort = 5, Pack = 6, Ship = 7, Sign = 8, Complete = 9, Cancel = 10, Return = 11, Unpack = 12,
}

/// <summary>
/// Moves orders from state to state under their row lock: an illegal move is refused with a code and a reason and changes nothing.
/// A legal move writes the timeline, releases or deducts stock where the state says so, and tells <see cref="OrderMoved"/>.
/// Joins the caller's transaction.
/// </summary>
public interface IOrderFlow
{
    /// <summary>Cancel releases the stock, Ship deducts it. Repeating a move whose target state is already reached is Ok and changes nothing.</summary>
    Task<Result> MoveAsync(HubTransaction tx, long orderId, OrderTrigger trigger, Actor actor, string? note, CancellationToken ct);

    /// <summary>Writes a timeline entry that is not a state change (picked, checked, label printed, handed over, courier scan).</summary>
    Task NoteAsync(HubTransaction tx, long orderId, string what, Actor actor, string? note, CancellationToken ct);

    /// <summary>Stops or lets go what the warehouse may do with an order (refund asked, platform hold). A held order cannot be packed or shipped.</summary>
    Task HoldAsync(HubTransaction tx, long orderId, string? reason, Actor actor, CancellationToken ct);
}

/// <summary>
/// News of one state change, written in its transaction. <see cref="From"/> is null when the order was just accepted, and equals <see cref="To"/>
/// when an allocated order got another receiver.
/// </summary>
/// <param name="CreatedAt">On its platform.</param>
/// <param name="PaidAt">As known at this change; null while unpaid.</param>
public sealed record OrderMoved(long OrderId, int ShopId, string PlatformOrderNo, OrderState? From, OrderState To, int? WarehouseId, DateTimeOffset At, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt)
{
    /// <summary>The buyer's money arrived with this change, gross; null = it did not.</summary>
    public long? PaidNowFen { get; init; }
}

/// <summary>The buyer's money arrived; said once per order, whatever state it went to.</summary>
/// <param name="PaidFen">Gross, refunds not deducted.</param>
/// <param name="WasCancelled">The order had been cancelled before anybody knew of this payment, and stays so.</param>
public sealed record OrderPaid(long OrderId, int ShopId, string PlatformOrderNo, long PaidFen, DateTimeOffset PaidAt, bool WasCancelled = false);

/// <summary>Reads for the modules above.</summary>
public interface IOrderReader
{
    Task<OrderView?> FindAsync(long orderId, CancellationToken ct);
    Task<OrderView?> FindAsync(int shopId, string platformOrderNo, CancellationToken ct);

    /// <summary>By order id; unknown ids are absent. Two statements however many are asked for: a thousand at a time is a good measure.</summary>
    Task<IReadOnlyDictionary<long, OrderView>> FindManyAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);

    /// <summary>Inside a transaction, with the order's row locked until it ends.</summary>
    Task<OrderView?> LockAsync(HubTransaction tx, long orderId, CancellationToken ct);
    Task<OrderView?> LockAsync(HubTransaction tx, int shopId, string platformOrderNo, CancellationToken ct);

    /// <summary>Many at once, locked in ascending order; unknown ids are absent.</summary>
    /// <param name="withLines">False for those who do not look at them: <see cref="OrderView.Lines"/> is empty then.</param>
    Task<IReadOnlyList<OrderView>> LockManyAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct, bool withLines = true);
}

/// <param name="ShipBy">The platform's own deadline for shipping, where it gives one.</param>
public sealed record OrderView(long Id, int ShopId, string PlatformOrderNo, OrderState State, string? Hold, int? WarehouseId, int? CourierId,
    long PaidFen, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? ShipBy, IncomingReceiver Receiver, string? BuyerNote, string? SellerNote, IReadOnlyList<OrderLineView> Lines)
{
    public string No => Platform.Units.OrderNo.From(Id);

    /// <summary>Who it goes to, as one text; equal within a shop means one receiver. Null = nobody can tell, since the platform hides it.</summary>
    public string? ReceiverKey { get; init; }

    /// <summary>Its parcels, where it goes in several; empty = in one.</summary>
    public IReadOnlyList<OrderPart> Parts { get; init; } = [];

    /// <param name="part">From 1.</param>
    /// <returns>Null when there is no such part, or no warehouse sends the order.</returns>
    public int? WarehouseOf(int part) => Parts.Count > 0 ? Parts.ElementAtOrDefault(part - 1)?.WarehouseId : part == 1 ? WarehouseId : null;

    public int? CourierOf(int part) => Parts.Count > 0 ? Parts.ElementAtOrDefault(part - 1)?.CourierId : CourierId;
}

/// <param name="SkuId">Null = not mapped yet (the order is in REVIEW).</param>
public sealed record OrderLineView(int LineNo, string PlatformLineNo, string? PlatformSkuId, string? PlatformProductId, int? SkuId, string Title, string Spec, int Quantity, long UnitPriceFen, long PayFen);
