using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.RuleBook;

/// <param name="Version">Grows with every edit of the rule itself; its place in the sequence is no part of it.</param>
internal sealed record RuleView(int Id, bool Active, AllocationRule Rule, int Version);

/// <param name="Rules">In the sequence they are asked, those switched off too.</param>
internal sealed record RuleList(IReadOnlyList<RuleView> Rules, CatalogSnapshot Catalog, FulfilmentNetwork Network, long Version);

internal sealed class ReadRules(HubDatabase database, ICatalog catalog, IFulfilmentNetwork network)
{
    public async Task<RuleList> ReadAsync(CancellationToken ct) => new(
        await database.QueryAsync($"select {RuleRows.Columns} from allocation_rules order by priority, id", RuleRows.Read, ct),
        await catalog.CurrentAsync(ct), await network.CurrentAsync(ct),
        (await database.QueryAsync("select version from allocation_version where id = 1", r => r.GetInt64(0), ct))[0]);
}
