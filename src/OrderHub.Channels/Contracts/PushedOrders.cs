namespace OrderHub.Channels.Contracts;

/// <summary>The answer of <c>POST /api/v1/shops/{shopCode}/orders</c>: one result per order, in the sequence they came.</summary>
public sealed record PushedOrders(IReadOnlyList<PushedOrder> Results);

/// <param name="OrderNo">The shop's own order number; null when it could not be read.</param>
/// <param name="HubOrderNo">Ours; null while the order is quarantined.</param>
/// <param name="Outcome">accepted, unchanged (this version is here), stale (a newer one is) or quarantined.</param>
/// <param name="Reason">Why it is quarantined, waits for review or lacks stock; for people.</param>
/// <param name="State">Code of the order's state, such as ALLOCATED.</param>
public sealed record PushedOrder(string? OrderNo, string? HubOrderNo, string Outcome, string? Reason, string? State);
