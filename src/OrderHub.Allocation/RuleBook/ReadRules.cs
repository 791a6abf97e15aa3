using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.RuleBook;

internal sealed record RuleView(int Id, bool Active, AllocationRule Rule);

/// <param name="Rules">In the sequence they are asked, those switched off too.</param>
internal sealed record RuleList(IReadOnlyList<RuleView> Rules, CatalogSnapshot Catalog, FulfilmentNetwork Network, long Version);

internal sealed class ReadRules(HubDatabase database, ICatalog catalog, IFulfilmentNetwork network)
{
    public async Task<RuleList> ReadAsync(CancellationToken ct) => new(
        await database.QueryAsync($"select id, active, {RuleColumns.All} from allocation_rules order by priority, id", r => new RuleView(r.GetInt32(0), r.GetBoolean(1), RuleColumns.Read(r, 2)), ct),
        await catalog.CurrentAsync(ct), await network.CurrentAsync(ct),
        (await database.QueryAsync("select version from allocation_version where id = 1", r => r.GetInt64(0), ct))[0]);
}
