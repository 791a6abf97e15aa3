using OrderHub.Catalog.Contracts;

namespace OrderHub.Orders.Locking;

internal sealed record LockRule(int Id, int? ShopId, int? SkuId, string? PromotionType, LockPolicy Policy, int UnpaidHoldMinutes)
{
    /// <summary>A SKU says more than a promotion, a promotion more than a shop; both together more than one. The same weights stand in <see cref="LockRules.BestRule"/>.</summary>
    public int Weight => (SkuId is null ? 0 : 4) + (PromotionType is null ? 0 : 2) + (ShopId is null ? 0 : 1);

    public bool Speaks(int shopId, string promotionType, int? skuId) =>
        (ShopId ?? shopId) == shopId && (PromotionType ?? promotionType) == promotionType && (SkuId is null || SkuId == skuId);
}

/// <summary>Whether an order takes stock when it is placed or when it is paid. Pure.</summary>
internal sealed class LockRules(IReadOnlyList<LockRule> rules)
{
    /// <summary>The rule that decides on one line, in SQL: over <c>orders_orders o</c> and <c>orders_lines l</c>.</summary>
    public const string BestRule = """
        select r.unpaid_hold_minutes from orders_lock_rules r
         where (r.shop_id is null or r.shop_id = o.shop_id) and (r.promotion_type is null or r.promotion_type = o.promotion_type) and (r.sku_id is null or r.sku_id = l.sku_id)
         order by (r.sku_id is not null)::int * 4 + (r.promotion_type is not null)::int * 2 + (r.shop_id is not null)::int desc limit 1
        """;

    private readonly LockRule[] _bySpeciality = [.. rules.OrderByDescending(r => r.Weight)];

    /// <summary>An order takes its stock all or nothing, so its earliest line decides for all of them.</summary>
    public LockPolicy PolicyFor(Shop shop, string promotionType, IEnumerable<Sku?> skus) =>
        _bySpeciality.Length == 0 ? shop.LockPolicy
        : skus.Any(sku => (_bySpeciality.FirstOrDefault(r => r.Speaks(shop.Id, promotionType, sku?.Id))?.Policy ?? shop.LockPolicy) == LockPolicy.OnOrder) ? LockPolicy.OnOrder
        : LockPolicy.OnPayment;
}
