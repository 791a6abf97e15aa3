using Npgsql;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.RuleBook;

/// <summary>Adds a rule behind the others, or changes one where it stands. An edit that somebody else made since the rule was read is not saved over.</summary>
internal sealed class SaveRuleHandler(ChangeNetwork changes, ICatalog catalog, IFulfilmentNetwork network)
{
    public async Task<Result<int>> SaveAsync(RuleDraft draft, CancellationToken ct)
    {
        var check = draft.Check(await catalog.CurrentAsync(ct), await network.CurrentAsync(ct));
        if (check.Error is { } refusal) return refusal;
        var (rule, id) = (check.Value, draft.Id ?? 0);
        var saved = await changes.RunAsync(async tx =>
        {
            if (await RuleRows.NameTakenAsync(tx, rule.Name, id, ct)) return AllocationErrors.RuleNameTaken(rule.Name);
            if (draft.Id is null)
            {
                id = await RuleRows.AddAsync(tx, rule, draft.Active, ct);
                return new NetworkChange("allocation.rule_added", rule.Name, null, new { rule, draft.Active });
            }
            if (await RuleRows.FindAsync(tx, id, ct) is not { } before) return AllocationErrors.RuleGone;
            if (before.Version != draft.Version) return AllocationErrors.RuleChangedMeanwhile(before.Rule.Name);
            await tx.ExecuteAsync("""
                update allocation_rules set name = $1, regions = $2, categories = $3, sku_ids = $4, shop_ids = $5, min_grams = $6::int, max_grams = $7::int, min_fen = $8::bigint, max_fen = $9::bigint,
                       on_warehouses = $10, warehouse_ids = $11, on_couriers = $12, courier_ids = $13, active = $14, version = version + 1 where id = $15
                """, ct, [.. RuleColumns.Values(rule), draft.Active, id]);
            return new NetworkChange("allocation.rule_changed", rule.Name, new { before.Rule, before.Active }, new { rule, draft.Active });
        }, ct);
        return saved.Error is { } error ? error : id;
    }
}

/// <summary>Rules in the table; their priorities are their places, counted from 1.</summary>
internal static class RuleRows
{
    public const string Columns = $"id, active, version, {RuleColumns.All}";

    public static RuleView Read(NpgsqlDataReader r) => new(r.GetInt32(0), r.GetBoolean(1), RuleColumns.Read(r, 3), r.GetInt32(2));

    public static async Task<bool> NameTakenAsync(HubTransaction tx, string name, int exceptId, CancellationToken ct) =>
        (await tx.QueryAsync("select 1 from allocation_rules where name = $1 and id <> $2", r => r.GetInt32(0), ct, name, exceptId)).Count > 0;

    public static async Task<RuleView?> FindAsync(HubTransaction tx, int id, CancellationToken ct) =>
        (await tx.QueryAsync($"select {Columns} from allocation_rules where id = $1", Read, ct, id)).FirstOrDefault();

    public static async Task<int> AddAsync(HubTransaction tx, AllocationRule rule, bool active, CancellationToken ct) => (await tx.QueryAsync($"""
        insert into allocation_rules ({RuleColumns.All}, active, priority)
        values ($1, $2, $3, $4, $5, $6::int, $7::int, $8::bigint, $9::bigint, $10, $11, $12, $13, $14, (select coalesce(max(priority), 0) + 1 from allocation_rules)) returning id
        """, r => r.GetInt32(0), ct, [.. RuleColumns.Values(rule), active]))[0];

    /// <summary>Moves one to a place (0 = first; beyond the end = last) and numbers all anew.</summary>
    /// <returns>Where it stood; null when it is gone.</returns>
    public static async Task<int?> PlaceAsync(HubTransaction tx, int id, int place, CancellationToken ct)
    {
        var ids = await tx.QueryAsync("select id from allocation_rules order by priority, id", r => r.GetInt32(0), ct);
        var from = ids.IndexOf(id);
        if (from < 0) return null;
        ids.RemoveAt(from);
        ids.Insert(Math.Clamp(place, 0, ids.Count), id);
        await tx.ExecuteAsync("update allocation_rules r set priority = n.place from unnest($1) with ordinality as n(id, place) where r.id = n.id and r.priority <> n.place", ct, new object?[] { ids.ToArray() });
        return from;
    }
}
