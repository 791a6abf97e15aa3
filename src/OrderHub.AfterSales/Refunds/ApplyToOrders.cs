using Microsoft.Extensions.Logging;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.AfterSales.Refunds;

/// <summary>Lets orders follow their refunds. Joins the caller's transaction.</summary>
internal sealed class ApplyToOrders(IOrderReader orders, IOrderFlow flow, IStockPool stock, ILogger<ApplyToOrders> log)
{
    private sealed record Sums(long OrderId, bool AnyOpen, long RefundedFen);

    /// <summary>Ascending by order id, as everybody who takes several orders; before any refund row is written.</summary>
    public async Task<IReadOnlyDictionary<long, OrderView>> LockAsync(HubTransaction tx, IEnumerable<long> orderIds, CancellationToken ct)
    {
        var locked = new Dictionary<long, OrderView>();
        foreach (var id in orderIds.Distinct().Order())
            if (await orders.LockAsync(tx, id, ct) is { } order) locked.Add(id, order);
        return locked;
    }

    /// <param name="locked">What <see cref="LockAsync"/> gave in this transaction.</param>
    /// <returns>How many orders were held, let go or moved.</returns>
    public async Task<int> ApplyAsync(HubTransaction tx, IReadOnlyCollection<OrderView> locked, CancellationToken ct)
    {
        var sums = (await tx.QueryAsync("""
            select order_id, bool_or(status in (1, 2, 3)), coalesce(sum(refunded_fen) filter (where status = 7), 0)::bigint
              from aftersales_refunds where order_id = any($1) group by order_id
            """, r => new Sums(r.GetInt64(0), r.GetBoolean(1), r.GetInt64(2)), ct, locked.Select(o => o.Id).ToArray())).ToDictionary(s => s.OrderId);
        var plans = locked.Where(o => sums.ContainsKey(o.Id)).OrderBy(o => o.Id)
            .Select(order => (Order: order, Kind: OrderConsequence.For(order.State, order.Hold, order.PaidFen, sums[order.Id].AnyOpen, sums[order.Id].RefundedFen)))
            .Where(plan => plan.Kind != ConsequenceKind.None).ToList();
        var cancelled = plans.Where(p => p.Kind == ConsequenceKind.Cancel).Select(p => p.Order.Id).ToArray();
        if (cancelled.Length > 0) await stock.LockAsync(tx, [], cancelled, ct); // all SKUs in one ascending sweep, before the first order gives its own back
        foreach (var (order, kind) in plans) await FollowAsync(tx, order, kind, ct);
        return plans.Count;
    }

    private Task FollowAsync(HubTransaction tx, OrderView order, ConsequenceKind kind, CancellationToken ct) => kind switch
    {
        ConsequenceKind.Hold => flow.HoldAsync(tx, order.Id, OrderConsequence.HoldReason, Actor.System, ct),
        ConsequenceKind.LiftHold => flow.HoldAsync(tx, order.Id, null, Actor.System, ct),
        ConsequenceKind.Cancel => MoveAsync(tx, order, OrderTrigger.Cancel, "全额退款，取消订单", ct),
        ConsequenceKind.Return => MoveAsync(tx, order, OrderTrigger.Return, "全额退款，订单退回", ct),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The money is back with the buyer whatever the order says; an order that may not move is stopped and shown instead.</summary>
    private async Task MoveAsync(HubTransaction tx, OrderView order, OrderTrigger trigger, string note, CancellationToken ct)
    {
        var moved = await flow.MoveAsync(tx, order.Id, trigger, Actor.System, note, ct);
        if (moved.Error is not { } refusal) return;
        log.LogWarning("Order {OrderNo} was refunded in full but not moved: {Code}", order.No, refusal.Code);
        await flow.HoldAsync(tx, order.Id, $"已全额退款，但{refusal.Text}", Actor.System, ct);
    }
}
