using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Contracts;

/// <summary>Sends an allocated order elsewhere. Joins the caller's transaction.</summary>
public interface IOrderRouting
{
    /// <summary>
    /// Its warehouse cannot send it (damaged, not found …): its stock there is given back and another warehouse is chosen, never this one again
    /// for this order; without one it goes to SHORTAGE. The reason is kept with the order. Refused unless the order is ALLOCATED.
    /// </summary>
    /// <returns>The new warehouse; null = none can send it.</returns>
    Task<Result<int?>> RejectAsync(HubTransaction tx, long orderId, string reason, Actor actor, CancellationToken ct);
}
