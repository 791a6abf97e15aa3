using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Contracts;

/// <summary>The shop's own memo on an order, with its flag. The platform's next version of the order overwrites it: there is one memo, on both sides.</summary>
public interface ISellerNotes
{
    /// <returns>Null when there is no such order.</returns>
    Task<SellerNote?> FindAsync(long orderId, CancellationToken ct);

    /// <summary>Joins the caller's transaction; a change is on the timeline, saying again what is there changes nothing.</summary>
    /// <param name="flag">0–5, see <see cref="IncomingOrder.SellerFlag"/>.</param>
    /// <returns>False when nothing changed.</returns>
    Task<bool> SetAsync(HubTransaction tx, long orderId, string text, int flag, Actor actor, CancellationToken ct);
}

public sealed record SellerNote(long OrderId, int ShopId, string PlatformOrderNo, string Text, int Flag);
