using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Contracts;

/// <summary>
/// The hot path, in batches: de-duplicate, store, judge, reserve, allocate, tell. Joins the caller's transaction (use
/// <see cref="HubDatabase.RunAsync{T}"/>: a racing duplicate shows as a lost race and the whole work runs again).
/// </summary>
public interface IOrderIntake
{
    /// <summary>One answer per order, in the same sequence. The same order may occur twice in a batch; the newest version wins.</summary>
    /// <param name="actor">Who brings them; null = each order's own shop.</param>
    /// <param name="judged">
    /// Told once what the answers' outcomes will be, before any stock is locked: what the caller has to write of its own goes to the server
    /// then (<see cref="HubTransaction.Later"/>), and no other buyer waits for it.
    /// </param>
    Task<IReadOnlyList<IntakeAnswer>> AcceptAsync(HubTransaction tx, IReadOnlyList<IncomingOrder> orders, Actor? actor, CancellationToken ct, Action<IReadOnlyList<IntakeOutcome>>? judged = null);
}

/// <summary>accepted: new, or a newer version took effect · unchanged: this very version is here already · stale: a newer one is.</summary>
public enum IntakeOutcome { Accepted = 1, Unchanged = 2, Stale = 3 }

/// <param name="Reason">For REVIEW and SHORTAGE: why, in Chinese.</param>
public sealed record IntakeAnswer(string PlatformOrderNo, long OrderId, string OrderNo, IntakeOutcome Outcome, OrderState State, string? Reason);

/// <summary>Stored as its number; the code of the outside contract is <see cref="OrderStates.Code"/>.</summary>
public enum OrderState : short
{
    PendingPayment = 10,
    Review = 20,
    Paid = 25,
    Shortage = 28,
    Allocated = 30,
    Packed = 40,
    Shipped = 50,
    Signed = 60,
    Completed = 70,
    Cancelled = 80,
    Returned = 90,
}

public static class OrderStates
{
    /// <summary><c>PendingPayment</c> → <c>PENDING_PAYMENT</c>.</summary>
    public static string Code(this OrderState state) => state switch
    {
        OrderState.PendingPayment => "PENDING_PAYMENT",
        _ => state.ToString().ToUpperInvariant(),
    };

    public static OrderState? Parse(string? code) => Enum.GetValues<OrderState>().Cast<OrderState?>().FirstOrDefault(s => s!.Value.Code().Equals(code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The state as colleagues say it; a localizer key.</summary>
    public static string Chinese(this OrderState state) => state switch
    {
        OrderState.PendingPayment => "待付款",
        OrderState.Review => "待审核",
        OrderState.Paid => "已付款",
        OrderState.Shortage => "缺货",
        OrderState.Allocated => "已分仓",
        OrderState.Packed => "已打包",
        OrderState.Shipped => "已发货",
        OrderState.Signed => "已签收",
        OrderState.Completed => "已完成",
        OrderState.Cancelled => "已取消",
        OrderState.Returned => "已退货",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
