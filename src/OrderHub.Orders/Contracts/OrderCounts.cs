namespace OrderHub.Orders.Contracts;

/// <summary>Figures over all orders, cheap enough to be asked every few seconds: sums are kept as the orders' news come in, the rest follows an index.</summary>
public interface IOrderCounts
{
    /// <summary>How many orders are in each state, in the order of an order's life; every state is there, also with 0.</summary>
    Task<IReadOnlyList<StateCount>> ByStateAsync(CancellationToken ct);

    /// <summary>Per shop with any order since midnight shop time, by shop id.</summary>
    Task<IReadOnlyList<ShopToday>> TodayByShopAsync(CancellationToken ct);

    /// <summary>Orders that still have to leave the warehouse (paid or in review up to packed), by shop id; shops without any are absent.</summary>
    Task<IReadOnlyDictionary<int, int>> ToShipByShopAsync(CancellationToken ct);

    /// <summary>Of the orders paid in the 24 full hours that ended a day ago: how many left the warehouse within 24 hours of payment. Cancelled orders are left out.</summary>
    Task<ShipRate> ShipRateAsync(CancellationToken ct);

    /// <summary>Orders by the minute in which they were created on their platform: the last 60 full minutes, oldest first, empty minutes included.</summary>
    Task<IReadOnlyList<MinuteCount>> ArrivalsAsync(CancellationToken ct);

    /// <summary>For each state in which an order waits for us (review, paid, shortage, allocated, packed): since when the longest-waiting order is in it. States without orders are absent.</summary>
    Task<IReadOnlyList<OldestWaiting>> OldestWaitingAsync(CancellationToken ct);

    /// <summary>The newest orders, newest first.</summary>
    Task<IReadOnlyList<NewOrder>> NewestAsync(int take, CancellationToken ct);
}

public sealed record StateCount(OrderState State, int Count);

/// <param name="Orders">Created today on the platform, whatever became of them.</param>
/// <param name="PaidOrders">Whose money arrived today, wherever they were created.</param>
/// <param name="PaidFen">What those paid, refunds not deducted.</param>
public sealed record ShopToday(int ShopId, int Orders, int PaidOrders, long PaidFen);

public sealed record ShipRate(int Paid, int ShippedInTime)
{
    /// <summary>0…1; null when nothing was paid in that time.</summary>
    public double? Rate => Paid == 0 ? null : (double)ShippedInTime / Paid;
}

public sealed record MinuteCount(DateTimeOffset Minute, int Orders);

public sealed record OldestWaiting(OrderState State, long OrderId, DateTimeOffset Since)
{
    public string No => Platform.Units.OrderNo.From(OrderId);
}

/// <param name="Pieces">Σ quantity of the lines.</param>
public sealed record NewOrder(long OrderId, int ShopId, string PlatformOrderNo, OrderState State, long PayFen, int Pieces, string Province, string City, DateTimeOffset CreatedAt)
{
    public string No => Platform.Units.OrderNo.From(OrderId);
}
