using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Contracts;

/// <summary>Sends an allocated order elsewhere. Joins the caller's transaction.</summary>
public interface IOrderRouting
{
    /// <summary>
    /// A warehouse cannot send its goods (damaged, not found …): all the order holds is given back and it is allocated anew, never to this
    /// warehouse again; without another it goes to SHORTAGE. The reason is kept with the order. Refused unless the order is ALLOCATED.
    /// </summary>
    /// <returns>The new warehouse; null = none can send it.</returns>
    Task<Result<int?>> RejectAsync(HubTransaction tx, long orderId, int warehouseId, string reason, Actor actor, CancellationToken ct);
}
