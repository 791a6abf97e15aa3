using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.Channels.Deliveries;

/// <summary>A shipped order is written back to its platform, once.</summary>
internal sealed class ShipmentDeliveries(DeliveryQueue queue) : IConsume<OrderMoved>
{
    public static bool Wants(OrderMoved moved) => moved.To == OrderState.Shipped;

    public Task ConsumeAsync(HubTransaction tx, IReadOnlyList<OrderMoved> events, CancellationToken ct) =>
        queue.OweOnceAsync(tx, DeliveryKind.Shipment, [.. events.Select(e => new Owed(e.ShopId, e.OrderId, e.PlatformOrderNo))], ct);
}
