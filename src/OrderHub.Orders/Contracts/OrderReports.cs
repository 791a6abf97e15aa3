namespace OrderHub.Orders.Contracts;

/// <summary>Reads over many orders at once, for the modules that add up (after-sales, reconciliation). Committed orders only.</summary>
public interface IOrderReports
{
    /// <summary>Orders that were on their way at that instant: shipped before <paramref name="asOf"/> and not signed, completed, cancelled or returned until then; by order id.</summary>
    Task<IReadOnlyList<ShippedOrderRow>> ShippedNotSignedAsync(DateTimeOffset asOf, CancellationToken ct);

    /// <summary>
    /// A page of all orders whose money ever arrived (<see cref="OrderPaid"/> was said), whatever became of them, ascending by order id,
    /// starting after <paramref name="afterOrderId"/>.
    /// </summary>
    Task<IReadOnlyList<PaidOrderRow>> PaidOrdersAsync(long afterOrderId, int take, CancellationToken ct);

    /// <summary>Platform order number → order id, for the orders of a shop that are here.</summary>
    Task<IReadOnlyDictionary<string, long>> OrderIdsAsync(int shopId, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct);

    /// <summary>The orders of a shop that are here; unknown numbers are absent.</summary>
    Task<IReadOnlyList<OrderBrief>> BriefsAsync(int shopId, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct);

    /// <summary>What became of a shop's orders that were placed in [from, until) or carry one of these numbers; by platform order number.</summary>
    Task<IReadOnlyDictionary<string, OrderResult>> ResultsAsync(int shopId, DateTimeOffset from, DateTimeOffset until, IReadOnlyCollection<string> platformOrderNos, CancellationToken ct);
}

/// <param name="PaidFen">Gross, refunds not deducted.</param>
public sealed record ShippedOrderRow(long OrderId, int ShopId, string PlatformOrderNo, DateTimeOffset ShippedAt, long PaidFen);

/// <param name="PaidFen">Gross, refunds not deducted; the same figure as <see cref="OrderPaid.PaidFen"/>.</param>
public sealed record PaidOrderRow(long OrderId, int ShopId, string PlatformOrderNo, long PaidFen);

/// <param name="HeldPieces">Pieces of stock the order holds now.</param>
/// <param name="Version">Of the platform's newest word that was taken in; see <see cref="IncomingOrder.Version"/>.</param>
public sealed record OrderBrief(long OrderId, string PlatformOrderNo, OrderState State, long PaidFen, int HeldPieces, long Version, PlatformStatus PlatformStatus);

/// <param name="WarehouseId">Null = no warehouse holds stock for it.</param>
/// <param name="PayFen">What the buyer pays or paid, refunds not deducted.</param>
public sealed record OrderResult(long OrderId, string PlatformOrderNo, OrderState State, int? WarehouseId, long PayFen, DateTimeOffset CreatedAt);
