using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>The same question at every station: may the warehouse go on with this order?</summary>
internal static class PackingRefusals
{
    /// <summary>A split order counts as packed with its first box; the others are packed all the same.</summary>
    public static Error? RefusePacking(this OrderView? order) => order switch
    {
        null => WarehousingErrors.OrderGone,
        { Hold: { } hold } => WarehousingErrors.OrderHeld(order.No, hold),
        { State: OrderState.Packed, Parts.Count: > 0 } => null,
        { State: not OrderState.Allocated } => WarehousingErrors.OrderNotAllocated(order.No, order.State.Chinese()),
        _ => null,
    };

    public static Error? RefuseHandover(this OrderView? order) => order switch
    {
        null => WarehousingErrors.OrderGone,
        { Hold: { } hold } => WarehousingErrors.OrderHeld(order.No, hold),
        { State: not OrderState.Packed } => WarehousingErrors.OrderNotPacked(order.No, order.State.Chinese()),
        _ => null,
    };

    /// <summary>A label names one receiver. Those of several orders must be known to be the same.</summary>
    public static bool GoToOneReceiver(this IReadOnlyList<OrderView> orders) =>
        orders.Count < 2 || orders.All(o => o.ReceiverKey is { } key && (o.ShopId, key) == (orders[0].ShopId, orders[0].ReceiverKey));

    /// <summary>The platform's deadline, or our own promise.</summary>
    public static DateTimeOffset PackBy(this OrderView order, WarehousingOptions options) => order.ShipBy ?? (order.PaidAt ?? order.CreatedAt) + TimeSpan.FromHours(options.PackWithinHours);

    public static Error? RefuseOutside(this CurrentActor current, int warehouseId) =>
        current.WarehouseId is { } own && own != warehouseId ? WarehousingErrors.OtherWarehouse : null;
}
