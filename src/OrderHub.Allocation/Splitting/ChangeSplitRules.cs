using OrderHub.Allocation.Network;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Splitting;

internal sealed class ReadSplitRules(NetworkCache network, Catalog.Contracts.ICatalog catalogs)
{
    public async Task<(SplitRules Rules, IReadOnlyList<string> Categories)> ReadAsync(CancellationToken ct) =>
        ((await network.BookAsync(ct)).Splits, [.. (await catalogs.CurrentAsync(ct)).Skus.Select(s => s.Category).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
}

internal sealed class ChangeSplitRulesHandler(ChangeNetwork changes)
{
    private const long MostFen = 100_000_000;
    private const int MostGrams = 1_000_000, MostCm3 = 10_000_000;

    public async Task<Result> ChangeAsync(SplitRules wanted, CancellationToken ct)
    {
        if (wanted.FromFen is < 0 or > MostFen || wanted.ParcelFen is < 0 or > MostFen || wanted.MostParcels is < 2 or > SplitRules.Most
            || wanted.MaxGrams is < 1 or > MostGrams || wanted.MaxCm3 is < 1 or > MostCm3) return AllocationErrors.SplitRange;
        return await changes.RunAsync(async tx =>
        {
            var before = (await tx.QueryAsync(SplitRules.Select, SplitRules.Read, ct)).FirstOrDefault() ?? new();
            if (before == wanted) return NetworkChange.None;
            await tx.ExecuteAsync("""
                insert into allocation_split_rules (id, from_fen, most_parcels, parcel_fen, max_grams, max_cm3, apart) values (1, $1::bigint, $2, $3, $4::int, $5::int, $6)
                on conflict (id) do update set from_fen = excluded.from_fen, most_parcels = excluded.most_parcels, parcel_fen = excluded.parcel_fen,
                       max_grams = excluded.max_grams, max_cm3 = excluded.max_cm3, apart = excluded.apart
                """, ct, wanted.FromFen, wanted.MostParcels, wanted.ParcelFen, wanted.MaxGrams, wanted.MaxCm3, wanted.Apart.ToArray());
            return new NetworkChange("allocation.split_rules_changed", "splitting", before, wanted);
        }, ct);
    }
}
