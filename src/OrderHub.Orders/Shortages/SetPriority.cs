using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Shortages;

/// <summary>A person puts an order that waits for stock before or behind the others, or back to its fair place.</summary>
internal sealed class SetPriority(HubDatabase database, IOrderFlow flow, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    /// <param name="weight">1 = first, 0 = its fair place, −1 = last.</param>
    public async Task<Result> HandleAsync(long orderId, int weight, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        return await database.RunAsync<Result>(async tx =>
        {
            var states = await tx.QueryAsync("select state from orders_orders where id = $1 for no key update", r => (OrderState)r.GetInt16(0), ct, orderId);
            if (states is not [OrderState.Shortage]) return OrdersErrors.NotWaiting(orderId);
            var before = await tx.QueryAsync("delete from orders_priorities where order_id = $1 returning weight", r => (int)r.GetInt16(0), ct, orderId);
            if (weight != 0)
                await tx.ExecuteAsync("insert into orders_priorities (order_id, weight, reason, actor, at) values ($1, $2, $3, $4, $5)", ct,
                    orderId, (short)Math.Sign(weight), reason, current.Actor.Name, clock.GetUtcNow());
            await flow.NoteAsync(tx, orderId, weight switch { > 0 => "等货排到最前", < 0 => "等货排到最后", _ => "等货恢复原来次序" }, current.Actor, reason, ct);
            await audit.WriteAsync(tx, current.Actor, "orders.priority_set", OrderNo.From(orderId), reason, new { weight = before.FirstOrDefault() }, new { weight }, ct);
            return Result.Ok;
        }, ct);
    }
}
