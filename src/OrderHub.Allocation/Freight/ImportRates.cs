using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Freight;

/// <param name="Faults">When there are any, nothing was taken.</param>
internal sealed record ImportedRates(int Added, int Changed, int Removed, int Same, IReadOnlyList<RowFault> Faults);

/// <summary>Takes a courier's rate table from a file: all of it or, with any faulty row, nothing.</summary>
internal sealed class ImportRatesHandler(ChangeNetwork changes, IFulfilmentNetwork network)
{
    /// <param name="replace">What the file does not name is removed.</param>
    public async Task<Result<ImportedRates>> ImportAsync(string courierCode, byte[] content, bool replace, CancellationToken ct)
    {
        var current = await network.CurrentAsync(ct);
        if (current.CourierByCode(courierCode) is not { } courier) return AllocationErrors.CourierUnknown(courierCode);
        var sheet = RateSheet.Read(content, courier, current);
        if (sheet.Error is { } unreadable) return unreadable;
        if (sheet.Value.Faults.Count > 0) return new ImportedRates(0, 0, 0, 0, sheet.Value.Faults);
        var outcome = new ImportedRates(0, 0, 0, 0, []);
        var imported = await changes.RunAsync(async tx =>
        {
            var before = await RateRows.OfAsync(tx, courier.Id, ct);
            var wanted = sheet.Value.Rates;
            var same = wanted.Where(r => before.Any(b => b.Rate == r)).ToList();
            var writing = wanted.Except(same).ToList();
            var removed = replace ? before.Where(b => !wanted.Any(r => r.IsForSame(b.Rate))).ToList() : [];
            var changed = writing.Count(r => before.Any(b => b.Rate.IsForSame(r)));
            outcome = new(writing.Count - changed, changed, removed.Count, same.Count, []);
            if (writing.Count == 0 && removed.Count == 0) return NetworkChange.None;
            if (removed.Count > 0) await tx.ExecuteAsync("delete from allocation_rates where id = any($1)", ct, removed.Select(r => r.Id).ToArray());
            if (writing.Count > 0) await RateRows.AddAsync(tx, writing, ct);
            return new NetworkChange("allocation.rates_imported", courier.Code, before.Select(b => b.Rate), (await RateRows.OfAsync(tx, courier.Id, ct)).Select(r => r.Rate));
        }, ct);
        return imported.Error is { } error ? error : outcome;
    }
}
