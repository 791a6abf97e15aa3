using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Inbox;

/// <summary>
/// Platforms stamp changes in whole seconds. An order placed and paid, or a refund asked and paid back, within one second would carry
/// one version and the second change would count as known. The status breaks the tie: both enums grow along the way an order or a refund goes.
/// </summary>
internal static class SameSecond
{
    public static IncomingOrder Newest(IPlatformAdapter adapter, IncomingOrder order) =>
        adapter.VersionIsTime ? order with { Version = order.Version + (int)order.Status } : order;

    /// <summary>The version of a listed order as the order here carries it.</summary>
    public static ListedOrder Newest(IPlatformAdapter adapter, ListedOrder order) =>
        adapter.VersionIsTime && order.Version is { } version ? order with { Version = version + (int)(order.Status ?? 0) } : order;

    public static IncomingRefund Newest(IPlatformAdapter adapter, IncomingRefund refund) =>
        adapter.VersionIsTime ? refund with { Version = refund.Version + (int)refund.Status } : refund;
}
