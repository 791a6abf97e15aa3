using OrderHub.Orders.Contracts;

namespace OrderHub.AfterSales.Refunds;

internal enum ConsequenceKind { None, Hold, LiftHold, Cancel, Return }

/// <summary>What an order's refunds, taken together, mean for the order. Pure.</summary>
internal static class OrderConsequence
{
    /// <summary>Our mark on a held order: only a hold with this reason is lifted again. A platform's hold is kept apart from it by the order.</summary>
    public const string HoldReason = "退款申请中";

    /// <param name="anyOpen">A refund is applied for, agreed or on its way back.</param>
    /// <param name="refundedFen">Σ of what was paid back.</param>
    public static ConsequenceKind For(OrderState state, string? hold, long paidFen, bool anyOpen, long refundedFen)
    {
        if (state is OrderState.Cancelled or OrderState.Returned) return ConsequenceKind.None;
        var unshipped = state < OrderState.Shipped;
        if (paidFen > 0 && refundedFen >= paidFen) return unshipped ? ConsequenceKind.Cancel : ConsequenceKind.Return;
        if (unshipped && anyOpen) return hold == HoldReason ? ConsequenceKind.None : ConsequenceKind.Hold;
        return hold == HoldReason ? ConsequenceKind.LiftHold : ConsequenceKind.None;
    }
}
