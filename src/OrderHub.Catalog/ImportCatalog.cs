using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;

namespace OrderHub.Catalog;

internal sealed class ImportCatalog(HubDatabase database, CatalogCache cache, AuditTrail audit) : ICatalogImport
{
    public Task UpsertSkusAsync(IReadOnlyList<SkuImport> skus, Actor actor, CancellationToken ct) => ChangeAsync(actor, "catalog.skus_imported", $"{skus.Count} SKU", async tx =>
    {
        var changed = await tx.ExecuteAsync("""
            insert into catalog_skus as s (code, name, spec, category, barcode, weight_grams, cost_fen, floor_price_fen, picture_url, volume_cm3)
            select n.code, n.name, n.spec, n.category, n.barcode, n.weight, n.cost, n.floor, n.picture, coalesce(n.volume, (select volume_cm3 from catalog_skus where code = n.code), 0)
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as n(code, name, spec, category, barcode, weight, cost, floor, picture, volume)
            on conflict (code) do update set name = excluded.name, spec = excluded.spec, category = excluded.category, barcode = excluded.barcode,
                   weight_grams = excluded.weight_grams, cost_fen = excluded.cost_fen, floor_price_fen = excluded.floor_price_fen, picture_url = excluded.picture_url,
                   volume_cm3 = excluded.volume_cm3
             where (s.name, s.spec, s.category, s.barcode, s.weight_grams, s.cost_fen, s.floor_price_fen, s.picture_url, s.volume_cm3) is distinct from
                   (excluded.name, excluded.spec, excluded.category, excluded.barcode, excluded.weight_grams, excluded.cost_fen, excluded.floor_price_fen, excluded.picture_url, excluded.volume_cm3)
            """, ct, skus.Select(s => s.Code).ToArray(), skus.Select(s => s.Name).ToArray(), skus.Select(s => s.Spec).ToArray(), skus.Select(s => s.Category).ToArray(),
            skus.Select(s => s.Barcode).ToArray(), skus.Select(s => s.WeightGrams).ToArray(), skus.Select(s => s.CostFen).ToArray(), skus.Select(s => s.FloorPriceFen).ToArray(),
            skus.Select(s => s.PictureUrl).ToArray(), skus.Select(s => s.VolumeCm3).ToArray());

        var parts = skus.SelectMany(s => (s.Parts ?? new Dictionary<string, int>()).Select(p => (Kit: s.Code, Part: p.Key, p.Value))).ToList();
        if (parts.Count > 0)
            changed += await tx.ExecuteAsync("""
                insert into catalog_kit_parts as k (kit_sku_id, part_sku_id, quantity)
                select kit.id, part.id, p.quantity from unnest($1, $2, $3) as p(kit, part, quantity)
                  join catalog_skus kit on kit.code = p.kit join catalog_skus part on part.code = p.part
                on conflict (kit_sku_id, part_sku_id) do update set quantity = excluded.quantity where k.quantity <> excluded.quantity
                """, ct, parts.Select(p => p.Kit).ToArray(), parts.Select(p => p.Part).ToArray(), parts.Select(p => p.Value).ToArray());
        return changed;
    }, ct);

    public Task UpsertShopsAsync(IReadOnlyList<ShopImport> shops, Actor actor, CancellationToken ct) => ChangeAsync(actor, "catalog.shops_imported", string.Join(' ', shops.Select(s => s.Code)), async tx =>
    {
        var changed = await tx.ExecuteAsync("""
            insert into catalog_shops as s (code, name, kind, lock_policy, unpaid_hold_hours, platform_fee_basis_points, ship_hours)
            select n.code, n.name, n.kind, n.policy, n.hold, n.fee, coalesce(n.ship_hours, known.ship_hours, $8)
              from unnest($1, $2, $3, $4, $5, $6, $7) as n(code, name, kind, policy, hold, fee, ship_hours) left join catalog_shops known on known.code = n.code
            on conflict (code) do update set name = excluded.name, kind = excluded.kind, lock_policy = excluded.lock_policy,
                   unpaid_hold_hours = excluded.unpaid_hold_hours, platform_fee_basis_points = excluded.platform_fee_basis_points, ship_hours = excluded.ship_hours
             where (s.name, s.kind, s.lock_policy, s.unpaid_hold_hours, s.platform_fee_basis_points, s.ship_hours) is distinct from
                   (excluded.name, excluded.kind, excluded.lock_policy, excluded.unpaid_hold_hours, excluded.platform_fee_basis_points, excluded.ship_hours)
            """, ct, shops.Select(s => s.Code).ToArray(), shops.Select(s => s.Name).ToArray(), shops.Select(s => (int)s.Kind).ToArray(), shops.Select(s => (int)s.LockPolicy).ToArray(),
            shops.Select(s => s.UnpaidHoldHours).ToArray(), shops.Select(s => s.PlatformFeeBasisPoints).ToArray(), shops.Select(s => s.ShipHours).ToArray(), Shop.UsualShipHours);
        return changed;
    }, ct);

    public Task MapAsync(string shopCode, IReadOnlyDictionary<string, string> skuCodeByPlatformSkuId, Actor actor, CancellationToken ct) => ChangeAsync(actor, "catalog.platform_skus_mapped", shopCode, async tx =>
    {
        var changed = await tx.ExecuteAsync("""
            insert into catalog_platform_skus as m (shop_id, platform_sku_id, sku_id)
            select shop.id, l.platform_sku, sku.id from unnest($2, $3) as l(platform_sku, code)
              join catalog_skus sku on sku.code = l.code join catalog_shops shop on shop.code = $1
            on conflict (shop_id, platform_sku_id) do update set sku_id = excluded.sku_id where m.sku_id <> excluded.sku_id
            """, ct, shopCode, skuCodeByPlatformSkuId.Keys.ToArray(), skuCodeByPlatformSkuId.Values.ToArray());
        return changed;
    }, ct);

    /// <summary>An import that changed nothing leaves no trace and wakes no cache.</summary>
    private async Task ChangeAsync(Actor actor, string action, string subject, Func<HubTransaction, Task<int>> work, CancellationToken ct)
    {
        var changed = await database.RunAsync(async tx =>
        {
            var rows = await work(tx);
            if (rows == 0) return 0;
            await tx.ExecuteAsync("update catalog_version set version = version + 1 where id = 1", ct);
            await audit.WriteAsync(tx, actor, action, subject, null, null, new { changed = rows }, ct);
            return rows;
        }, ct);
        if (changed > 0) await cache.ForgetAsync();
    }
}
