using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Locking;

/// <summary>A rule as the page gives it. Empty texts ask nothing.</summary>
/// <param name="Id">Null = a new one.</param>
internal sealed record LockRuleDraft(int? Id, string ShopCode, string SkuCode, string PromotionType, LockPolicy Policy, int UnpaidHoldMinutes);

/// <param name="Shop">Null = all.</param>
internal sealed record LockRuleLine(LockRule Rule, Shop? Shop, Sku? Sku);

/// <summary>What the page shows: the rules, the most special first, and the shops with what they do without one.</summary>
internal sealed record LockRuleList(IReadOnlyList<LockRuleLine> Lines, IReadOnlyList<Shop> Shops);

internal sealed class EditLockRules(HubDatabase database, ICatalog catalogs, LockRuleCache cache, AuditTrail audit, CurrentActor current)
{
    private const int LongestHoldMinutes = 60 * 24 * 180;

    public async Task<LockRuleList> ListAsync(CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var rules = await LockRuleCache.ReadAsync(database, ct);
        return new([.. rules.OrderByDescending(r => r.Weight).ThenBy(r => r.Id).Select(r => new LockRuleLine(r, r.ShopId is { } shop ? catalog.Shop(shop) : null, r.SkuId is { } sku ? catalog.Sku(sku) : null))],
            [.. catalog.Shops.OrderBy(s => s.Id)]);
    }

    public async Task<Result> SaveAsync(LockRuleDraft draft, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var (shopCode, skuCode, promotion) = (draft.ShopCode.Trim(), draft.SkuCode.Trim(), draft.PromotionType.Trim());
        if (shopCode.Length + skuCode.Length + promotion.Length == 0) return OrdersErrors.LockRuleForNothing;
        var shop = catalog.ShopByCode(shopCode);
        if (shopCode.Length > 0 && shop is null) return OrdersErrors.UnknownShop(shopCode);
        var sku = skuCode.Length == 0 ? null : catalog.SkuByCode(skuCode) ?? catalog.SkuByBarcode(skuCode);
        if (skuCode.Length > 0 && sku is null) return OrdersErrors.UnknownSku(skuCode);
        if (draft.UnpaidHoldMinutes is <= 0 or > LongestHoldMinutes) return OrdersErrors.BadHoldTime;
        var rule = new LockRule(draft.Id ?? 0, shop?.Id, sku?.Id, promotion.Length == 0 ? null : promotion, draft.Policy, draft.UnpaidHoldMinutes);

        var saved = await database.RunAsync<Result>(async tx =>
        {
            var same = await tx.QueryAsync("""
                select id from orders_lock_rules where shop_id is not distinct from $1::int and sku_id is not distinct from $2::int and promotion_type is not distinct from $3::text and id <> $4
                """, r => r.GetInt32(0), ct, rule.ShopId, rule.SkuId, rule.PromotionType, rule.Id);
            if (same.Count > 0) return OrdersErrors.LockRuleTwice;
            LockRule? before = null;
            if (draft.Id is null)
                await tx.ExecuteAsync("insert into orders_lock_rules (shop_id, sku_id, promotion_type, policy, unpaid_hold_minutes) values ($1::int, $2::int, $3::text, $4, $5)", ct,
                    rule.ShopId, rule.SkuId, rule.PromotionType, (int)rule.Policy, rule.UnpaidHoldMinutes);
            else if ((before = await LockAsync(tx, rule.Id, ct)) is null) return OrdersErrors.LockRuleGone;
            else
                await tx.ExecuteAsync("update orders_lock_rules set shop_id = $2::int, sku_id = $3::int, promotion_type = $4::text, policy = $5, unpaid_hold_minutes = $6 where id = $1", ct,
                    rule.Id, rule.ShopId, rule.SkuId, rule.PromotionType, (int)rule.Policy, rule.UnpaidHoldMinutes);
            await audit.WriteAsync(tx, current.Actor, "orders.lock_rule_saved", Subject(rule, catalog), null, before, rule, ct);
            return Result.Ok;
        }, ct);
        cache.Forget();
        return saved;
    }

    public async Task<Result> RemoveAsync(int id, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var removed = await database.RunAsync<Result>(async tx =>
        {
            if (await LockAsync(tx, id, ct) is not { } rule) return OrdersErrors.LockRuleGone;
            await tx.ExecuteAsync("delete from orders_lock_rules where id = $1", ct, id);
            await audit.WriteAsync(tx, current.Actor, "orders.lock_rule_removed", Subject(rule, catalog), null, rule, null, ct);
            return Result.Ok;
        }, ct);
        cache.Forget();
        return removed;
    }

    private static async Task<LockRule?> LockAsync(HubTransaction tx, int id, CancellationToken ct) => (await tx.QueryAsync(
        "select id, shop_id, sku_id, promotion_type, policy, unpaid_hold_minutes from orders_lock_rules where id = $1 for update",
        r => new LockRule(r.GetInt32(0), r.Nullable<int>(1), r.Nullable<int>(2), r.Text(3), (LockPolicy)r.GetInt32(4), r.GetInt32(5)), ct, id)).FirstOrDefault();

    private static string Subject(LockRule rule, CatalogSnapshot catalog) => string.Join(' ', new[]
    {
        rule.ShopId is { } shop ? catalog.Shop(shop)?.Code : null, rule.SkuId is { } sku ? catalog.Sku(sku)?.Code : null, rule.PromotionType,
    }.OfType<string>());
}
