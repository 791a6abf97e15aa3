using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Freight;

/// <param name="General">What it asks where no more exact rate is; null = it goes only where its table says.</param>
internal sealed record CourierView(Courier Courier, int Rates, FreightRate? General);

internal sealed record RateView(int Id, FreightRate Rate);

internal sealed record RateTable(Courier Courier, IReadOnlyList<RateView> Rates, IReadOnlyList<Warehouse> Warehouses);

/// <param name="Rate">The row that gave the price; null = the courier does not go there.</param>
/// <param name="BilledGrams">The real weight, or the volume's where that is more.</param>
internal sealed record Quote(Courier Courier, FreightRate? Rate, long? Fen, long BilledGrams);

internal sealed class ReadRates(HubDatabase database, NetworkCache network)
{
    public async Task<IReadOnlyList<CourierView>> CouriersAsync(CancellationToken ct)
    {
        var rates = (await RowsAsync(null, ct)).ToLookup(r => r.Rate.CourierId);
        return [.. (await network.CurrentAsync(ct)).Couriers.Select(c => new CourierView(c, rates[c.Id].Count(), rates[c.Id].FirstOrDefault(r => r.Rate is { FromWarehouseId: null, ToProvince: null })?.Rate))];
    }

    /// <returns>Null when there is no such courier.</returns>
    public async Task<RateTable?> TableAsync(string courierCode, CancellationToken ct)
    {
        var current = await network.CurrentAsync(ct);
        if (current.CourierByCode(courierCode) is not { } courier) return null;
        var (houses, provinces) = (current.Warehouses.Select(w => w.Id).ToList(), Provinces.All.ToList());
        return new(courier, [.. (await RowsAsync(courier.Id, ct)).OrderBy(r => r.Rate.FromWarehouseId is { } from ? houses.IndexOf(from) : -1)
            .ThenBy(r => r.Rate.ToProvince is { } to ? provinces.IndexOf(to) : -1)], current.Warehouses);
    }

    /// <summary>What every active courier asks, the cheapest first; by the very table that allocation uses.</summary>
    public async Task<IReadOnlyList<Quote>> QuoteAsync(int warehouseId, string province, int grams, int volumeCm3, CancellationToken ct)
    {
        var book = await network.BookAsync(ct);
        return [.. book.Network.Couriers.Where(c => c.Active)
            .Select(c => new Quote(c, book.Rates.Find(c.Id, warehouseId, province), book.Rates.Fen(c.Id, warehouseId, province, grams, volumeCm3), book.Rates.BilledGrams(c.Id, grams, volumeCm3)))
            .OrderBy(q => q.Fen ?? long.MaxValue)];
    }

    private Task<List<RateView>> RowsAsync(int? courierId, CancellationToken ct) => database.QueryAsync($"select {RateRows.Columns} from allocation_rates where courier_id = $1 or $1 = 0", RateRows.Read, ct, courierId ?? 0);
}
