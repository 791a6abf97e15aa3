namespace OrderHub.Orders.Contracts;

/// <summary>Finds orders that could travel in one parcel.</summary>
public interface IOrderSiblings
{
    /// <summary>
    /// Groups of at least two allocated orders of one shop that go from one warehouse by one courier to one receiver; held and split orders are left out.
    /// Where the platform hides the receiver only its token decides, and where there is neither token nor an open phone nothing is grouped.
    /// </summary>
    /// <param name="shopIds">Null = all.</param>
    Task<IReadOnlyList<SiblingGroup>> FindAsync(IReadOnlyCollection<int>? shopIds, CancellationToken ct);
}

/// <param name="Receiver">As stored, masked where the platform masks it.</param>
/// <param name="OrderIds">The most urgent first.</param>
/// <param name="LatestPaidAt">When the last of them was paid.</param>
public sealed record SiblingGroup(int ShopId, int WarehouseId, int? CourierId, IncomingReceiver Receiver, string BuyerNick, IReadOnlyList<long> OrderIds, DateTimeOffset LatestPaidAt);
