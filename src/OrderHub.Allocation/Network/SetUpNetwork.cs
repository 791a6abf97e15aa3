using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Network;

internal sealed class SetUpNetwork(HubDatabase database, NetworkCache cache, AuditTrail audit) : INetworkSetup
{
    public Task SeedAsync(NetworkImport network, Actor actor, CancellationToken ct) => database.RunAsync(async tx =>
    {
        await tx.ExecuteAsync("select 1 from allocation_version where id = 1 for update", ct); // as every change of the network; two hosts may start at once
        var isNew = (await tx.QueryAsync("select exists (select 1 from allocation_warehouses)", r => r.GetBoolean(0), ct)) is [false];
        var added = 0;
        foreach (var w in network.Warehouses)
            added += await tx.ExecuteAsync("""
                insert into allocation_warehouses (code, name, province, city, address, contact_name, contact_phone, priority) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (code) do nothing
                """, ct, w.Code, w.Name, w.Province, w.City, w.Address, w.ContactName, w.ContactPhone, w.Priority);
        foreach (var c in network.Couriers)
        {
            if (await tx.ExecuteAsync("insert into allocation_couriers (code, name, volume_divisor) values ($1, $2, $3::int) on conflict (code) do nothing", ct, c.Code, c.Name, c.VolumeDivisor) == 0) continue;
            added += 1 + await AddRatesAsync(tx, [.. network.Rates.Where(r => r.CourierCode == c.Code)], ct);
        }
        foreach (var rule in isNew ? network.Rules : [])
            added += await tx.ExecuteAsync("""
                insert into allocation_rules (name, priority, regions, categories, on_warehouses, warehouse_ids)
                values ($1, $2, $3, $4, $5, (select array_agg(w.id order by c.place) from unnest($6) with ordinality as c(code, place) join allocation_warehouses w on w.code = c.code))
                on conflict (name) do nothing
                """, ct, rule.Name, rule.Priority, rule.Kind == RuleKind.Region ? rule.Matches.ToArray() : [], rule.Kind == RuleKind.Category ? rule.Matches.ToArray() : [],
                (short)RuleEffect.Prefer, rule.WarehouseCodes.ToArray());
        if (added == 0) return;
        await tx.ExecuteAsync("update allocation_version set version = version + 1 where id = 1", ct);
        await audit.WriteAsync(tx, actor, "allocation.network_imported", "network", null, null, new { added }, ct);
        tx.AfterCommit(cache.LookAgain);
    }, ct);

    private static async Task<int> AddRatesAsync(HubTransaction tx, IReadOnlyCollection<RateImport> rates, CancellationToken ct) => rates.Count == 0 ? 0 : await tx.ExecuteAsync("""
        insert into allocation_rates (courier_id, from_warehouse_id, to_province, first_grams, first_fen, additional_fen)
        select c.id, w.id, n.province, n.first_grams, n.first_fen, n.additional_fen from unnest($1, $2, $3, $4, $5, $6) as n(courier, warehouse, province, first_grams, first_fen, additional_fen)
          join allocation_couriers c on c.code = n.courier left join allocation_warehouses w on w.code = n.warehouse
        """, ct, rates.Select(r => r.CourierCode).ToArray(), rates.Select(r => r.FromWarehouseCode).ToArray(), rates.Select(r => r.ToProvince).ToArray(),
        rates.Select(r => r.FirstGrams).ToArray(), rates.Select(r => r.FirstFen).ToArray(), rates.Select(r => r.AdditionalFen).ToArray());
}
