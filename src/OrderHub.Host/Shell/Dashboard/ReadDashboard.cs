using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Host.Shell.Dashboard;

internal sealed record ShopFigures(Shop Shop, int Orders, int PaidOrders, long PaidFen);

/// <param name="Minute">Shop time, as the chart's axis shows it.</param>
internal sealed record ArrivalPoint(DateTime Minute, int Orders);

/// <summary>All that the dashboard shows, read at one moment.</summary>
internal sealed record DashboardFigures(DateTimeOffset At, IReadOnlyDictionary<OrderState, StateCount> States, IReadOnlyList<ShopFigures> Shops, ShipRate ShipRate,
    IReadOnlyList<ArrivalPoint> Arrivals, IReadOnlyList<OldestWaiting> Waiting, IReadOnlyList<NewOrder> Newest, IReadOnlyDictionary<int, string> ShopNames, StockHealth? Stock)
{
    public int Orders => Shops.Sum(s => s.Orders);
    public int PaidOrders => Shops.Sum(s => s.PaidOrders);
    public long PaidFen => Shops.Sum(s => s.PaidFen);

    /// <summary>Orders of the last hour, and of its two halves: is it getting more or less.</summary>
    public int LastHour => Arrivals.Sum(m => m.Orders);
    public int EarlierHalf => Arrivals.Take(Arrivals.Count / 2).Sum(m => m.Orders);
    public int LaterHalf => LastHour - EarlierHalf;
}

internal sealed class ReadDashboard(IOrderCounts counts, ICatalog catalog, IStockHealth stock, TimeProvider clock)
{
    public const int NewestShown = 8;

    public async Task<DashboardFigures> ReadAsync(CancellationToken ct)
    {
        var shops = (await catalog.CurrentAsync(ct)).Shops.OrderBy(s => s.Id).ToList();
        var today = (await counts.TodayByShopAsync(ct)).ToDictionary(s => s.ShopId);
        var figures = shops.Where(s => s.Active || today.ContainsKey(s.Id))
            .Select(s => today.GetValueOrDefault(s.Id) is { } t ? new ShopFigures(s, t.Orders, t.PaidOrders, t.PaidFen) : new ShopFigures(s, 0, 0, 0)).ToList();
        return new DashboardFigures(clock.GetUtcNow(), (await counts.ByStateAsync(ct)).ToDictionary(s => s.State), figures, await counts.ShipRateAsync(ct),
            [.. (await counts.ArrivalsAsync(ct)).Select(m => new ArrivalPoint(ShopTime.ToLocal(m.Minute), m.Orders))], await counts.OldestWaitingAsync(ct), await counts.NewestAsync(NewestShown, ct), shops.ToDictionary(s => s.Id, s => s.Name), await stock.ReadAsync(ct));
    }
}
