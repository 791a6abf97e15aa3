using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Network;

internal sealed class SetUpNetwork(HubDatabase database, AuditTrail audit) : INetworkSetup
{
    public Task UpsertAsync(NetworkImport network, Actor actor, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var changed = 0;
        foreach (var w in network.Warehouses)
            changed += await tx.ExecuteAsync("""
                insert into allocation_warehouses as w (code, name, province, city, address, contact_name, contact_phone, priority) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (code) do update set name = excluded.name, province = excluded.province, city = excluded.city, address = excluded.address,
                       contact_name = excluded.contact_name, contact_phone = excluded.contact_phone, priority = excluded.priority
                 where (w.name, w.province, w.city, w.address, w.contact_name, w.contact_phone, w.priority) is distinct from
                       (excluded.name, excluded.province, excluded.city, excluded.address, excluded.contact_name, excluded.contact_phone, excluded.priority)
                """, ct, w.Code, w.Name, w.Province, w.City, w.Address, w.ContactName, w.ContactPhone, w.Priority);
        foreach (var c in network.Couriers)
            changed += await tx.ExecuteAsync("insert into allocation_couriers as c (code, name) values ($1, $2) on conflict (code) do update set name = excluded.name where c.name <> excluded.name",
                ct, c.Code, c.Name);
        foreach (var r in network.Rates)
            changed += await tx.ExecuteAsync("""
                insert into allocation_rates as r (courier_id, from_warehouse_id, to_province, first_grams, first_fen, additional_fen)
                select c.id, (select id from allocation_warehouses where code = $2::text), $3::text, $4, $5, $6 from allocation_couriers c where c.code = $1
                on conflict (courier_id, from_warehouse_id, to_province) do update
                   set first_grams = excluded.first_grams, first_fen = excluded.first_fen, additional_fen = excluded.additional_fen
                 where (r.first_grams, r.first_fen, r.additional_fen) is distinct from (excluded.first_grams, excluded.first_fen, excluded.additional_fen)
                """, ct, r.CourierCode, r.FromWarehouseCode, r.ToProvince, r.FirstGrams, r.FirstFen, r.AdditionalFen);
        foreach (var rule in network.Rules)
            changed += await tx.ExecuteAsync("""
                insert into allocation_rules as r (name, priority, regions, categories, on_warehouses, warehouse_ids)
                values ($1, $2, $3, $4, $5, (select array_agg(w.id order by c.place) from unnest($6) with ordinality as c(code, place) join allocation_warehouses w on w.code = c.code))
                on conflict (name) do update set priority = excluded.priority, regions = excluded.regions, categories = excluded.categories, on_warehouses = excluded.on_warehouses, warehouse_ids = excluded.warehouse_ids
                 where (r.priority, r.regions, r.categories, r.on_warehouses, r.warehouse_ids) is distinct from (excluded.priority, excluded.regions, excluded.categories, excluded.on_warehouses, excluded.warehouse_ids)
                """, ct, rule.Name, rule.Priority, rule.Kind == RuleKind.Region ? rule.Matches.ToArray() : [], rule.Kind == RuleKind.Category ? rule.Matches.ToArray() : [],
                (short)RuleEffect.Prefer, rule.WarehouseCodes.ToArray());
        if (changed == 0) return;
        await tx.ExecuteAsync("update allocation_version set version = version + 1 where id = 1", ct);
        await audit.WriteAsync(tx, actor, "allocation.network_imported", "network", null, null, new { changed }, ct);
    }, ct);
}
