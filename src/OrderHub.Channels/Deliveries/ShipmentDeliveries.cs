using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Channels.Deliveries;

/// <summary>A shipped order is written back to its platform, once.</summary>
internal sealed class ShipmentDeliveries(TimeProvider clock) : IConsume<OrderMoved>
{
    public static bool Wants(OrderMoved moved) => moved.To == OrderState.Shipped;

    public Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderMoved> events, CancellationToken ct) => tx.ExecuteAsync("""
        insert into channels_deliveries (kind, shop_id, subject_id, subject, state, revision, attempts, created_at, due_at, trace_id)
        select 1, n.*, 1, 1, 0, $4, $4, $5 from unnest($1, $2, $3) as n(shop_id, order_id, no)
        on conflict (kind, shop_id, subject_id) do nothing
        """, ct, events.Select(e => e.ShopId).ToArray(), events.Select(e => e.OrderId).ToArray(), events.Select(e => e.PlatformOrderNo).ToArray(), clock.GetUtcNow(), HubTracing.CurrentTraceId);
}
