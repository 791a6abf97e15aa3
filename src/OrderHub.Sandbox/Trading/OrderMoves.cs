namespace OrderHub.Sandbox.Trading;

internal enum ShipRefusal { None, NotFound, NotPaid, AlreadyShipped, Closed, RefundPending, RiskControlled, UnknownLine }

/// <param name="LineNos">Null ships whatever is left.</param>
internal sealed record ShipRequest(string Carrier, string CarrierName, string WaybillNo, IReadOnlyCollection<int>? LineNos = null);

/// <summary>What may happen to an order. Null means: not from this state.</summary>
internal static class OrderMoves
{
    public static SandboxOrder? Pay(SandboxOrder order, DateTimeOffset at) => order.State != SandboxOrderState.Unpaid ? null
        : order with { State = SandboxOrderState.Paid, PaidAt = at, Plan = Without(order, PlannedAct.Close) };

    public static SandboxOrder? Close(SandboxOrder order, DateTimeOffset at) => order.State != SandboxOrderState.Unpaid ? null
        : order with { State = SandboxOrderState.ClosedUnpaid, EndedAt = at, Plan = [] };

    public static (SandboxOrder? Order, ShipRefusal Refusal) Ship(SandboxOrder order, ShipRequest request, DateTimeOffset at)
    {
        if (RefuseShipping(order) is var refusal and not ShipRefusal.None) return (null, refusal);
        var open = order.Lines.Where(l => order.ShipmentOf(l) is null && !IsRefunded(order, l)).Select(l => l.No).ToArray();
        var wanted = request.LineNos ?? open;
        if (wanted.Any(no => order.Lines.All(l => l.No != no))) return (null, ShipRefusal.UnknownLine);
        if (wanted.Count == 0 || wanted.Except(open).Any()) return (null, ShipRefusal.AlreadyShipped);
        var parcel = new SandboxShipment(request.Carrier, request.CarrierName, request.WaybillNo, at, [.. wanted]);
        return (order with
        {
            State = wanted.Count == open.Length ? SandboxOrderState.Shipped : SandboxOrderState.PartShipped,
            ShippedAt = order.ShippedAt ?? at,
            Shipments = [.. order.Shipments, parcel],
        }, ShipRefusal.None);
    }

    public static SandboxOrder? Sign(SandboxOrder order, DateTimeOffset at) => order.State != SandboxOrderState.Shipped ? null
        : order with { State = SandboxOrderState.Signed, SignedAt = at };

    public static SandboxOrder? Finish(SandboxOrder order, DateTimeOffset at) => order.State != SandboxOrderState.Signed ? null
        : order with { State = SandboxOrderState.Finished, EndedAt = at };

    /// <summary>Asks the amount back, line after line until it is covered, as platforms keep one refund per line.</summary>
    /// <param name="amountFen">0 for everything still refundable.</param>
    public static SandboxOrder? RequestRefund(SandboxOrder order, long amountFen, string reason, DateTimeOffset at)
    {
        if (order.PaidAt is null || order.IsClosed || order.HasOpenRefund) return null;
        var kind = order.State is SandboxOrderState.Paid or SandboxOrderState.PartShipped ? SandboxRefundKind.BeforeShipping
            : order.State == SandboxOrderState.Shipped ? SandboxRefundKind.AfterShipping : SandboxRefundKind.ReturnGoods;
        var left = amountFen > 0 ? amountFen : order.PayFen - order.RefundedFen;
        var refunds = order.Refunds.ToList();
        foreach (var (line, refundable) in Refundable(order))
        {
            var amount = Math.Min(left, refundable);
            if (amount <= 0) continue;
            refunds.Add(new(RefundNo(order, refunds.Count), line, kind, SandboxRefundState.Applied, amount, reason, at, at));
            left -= amount;
        }
        return refunds.Count == order.Refunds.Count ? null : order with { Refunds = refunds };
    }

    /// <summary>Settles every open refund, or one of them. All money back before anything was shipped closes the order.</summary>
    public static SandboxOrder? SettleRefunds(SandboxOrder order, bool agreed, DateTimeOffset at, string? only = null)
    {
        bool IsMeant(SandboxRefund refund) => refund.State is SandboxRefundState.Applied or SandboxRefundState.Agreed && (only is null || refund.No == only);
        if (!order.Refunds.Any(IsMeant)) return null;
        var settled = order with
        {
            Refunds = [.. order.Refunds.Select(r => !IsMeant(r) ? r
                : r with { State = agreed ? SandboxRefundState.Done : SandboxRefundState.Refused, ModifiedAt = at })],
        };
        return settled.Shipments.Count == 0 && settled.RefundedFen >= settled.PayFen
            ? settled with { State = SandboxOrderState.ClosedRefunded, EndedAt = at, Plan = [] }
            : settled;
    }

    private static ShipRefusal RefuseShipping(SandboxOrder order) => order switch
    {
        { State: SandboxOrderState.Unpaid } => ShipRefusal.NotPaid,
        { IsClosed: true } => ShipRefusal.Closed,
        { State: SandboxOrderState.Shipped or SandboxOrderState.Signed or SandboxOrderState.Finished } => ShipRefusal.AlreadyShipped,
        { RiskControlled: true } => ShipRefusal.RiskControlled,
        // these lock the order while the buyer asks for the money back; the other two let the seller ship
        { HasOpenRefund: true, Platform: SandboxPlatform.Jd or SandboxPlatform.Pinduoduo or SandboxPlatform.Mall or SandboxPlatform.Kuaishou } => ShipRefusal.RefundPending,
        _ => ShipRefusal.None,
    };

    private static bool IsRefunded(SandboxOrder order, SandboxLine line) =>
        order.Refunds.Any(r => r.LineNo == line.No && r.State == SandboxRefundState.Done && r.AmountFen >= line.PayFen);

    private static IEnumerable<(int LineNo, long Fen)> Refundable(SandboxOrder order)
    {
        // a cancellation on JD is always of the whole order
        if (order.Platform == SandboxPlatform.Jd) return [(0, order.PayFen - order.RefundedFen)];
        return order.Lines.Select((line, index) => (line.No,
            line.PayFen + (index == 0 ? order.FreightFen : 0)
            - order.Refunds.Where(r => r.LineNo == line.No && r.State == SandboxRefundState.Done).Sum(r => r.AmountFen)));
    }

    private static string RefundNo(SandboxOrder order, int index) => order.Platform == SandboxPlatform.Mall
        ? FormattableString.Invariant($"RF{order.Sequence:D10}{index:D2}")
        : FormattableString.Invariant($"{9_100_000_000_000_000 + order.Sequence * 100 + index}");

    private static PlannedStep[] Without(SandboxOrder order, PlannedAct act) => [.. order.Plan.Where(s => s.Act != act)];
}
