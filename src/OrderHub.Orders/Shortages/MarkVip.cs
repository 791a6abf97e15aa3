using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Shortages;

/// <summary>The buyer of an order, in its shop, becomes a VIP or no longer is one: it counts for all of the buyer's orders that wait for stock.</summary>
internal sealed class MarkVip(HubDatabase database, IOrderFlow flow, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    public async Task<Result> HandleAsync(long orderId, bool isVip, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        return await database.RunAsync<Result>(async tx =>
        {
            if (await tx.QueryAsync("select shop_id, buyer_key from orders_orders where id = $1", r => (Shop: r.GetInt32(0), Key: r.GetString(1)), ct, orderId) is not [var buyer]) return OrdersErrors.NotFound(OrderNo.From(orderId));
            if (buyer.Key.Length == 0) return OrdersErrors.NoBuyerKey;
            var changed = isVip
                ? await tx.ExecuteAsync("insert into orders_vip_buyers (shop_id, buyer_key, reason, actor, at) values ($1, $2, $3, $4, $5) on conflict do nothing", ct, buyer.Shop, buyer.Key, reason, current.Actor.Name, clock.GetUtcNow())
                : await tx.ExecuteAsync("delete from orders_vip_buyers where shop_id = $1 and buyer_key = $2", ct, buyer.Shop, buyer.Key);
            if (changed == 0) return Result.Ok;
            await flow.NoteAsync(tx, orderId, isVip ? "买家设为 VIP" : "买家不再是 VIP", current.Actor, reason, ct);
            await audit.WriteAsync(tx, current.Actor, isVip ? "orders.vip_added" : "orders.vip_removed", OrderNo.From(orderId), reason, null, null, ct);
            return Result.Ok;
        }, ct);
    }
}
