using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Catalog.Contracts;

namespace OrderHub.Orders.Locking;

/// <summary>When orders take their stock, where it differs from what the shop does. A missing condition asks nothing; one at least is there.</summary>
internal sealed class LockRuleRow
{
    public int Id { get; init; }
    public int? ShopId { get; set; }

    /// <summary>As it is sold: a kit's own id, not its parts'.</summary>
    public int? SkuId { get; set; }
    public string? PromotionType { get; set; }
    public LockPolicy Policy { get; set; }

    /// <summary>An unpaid order gives its stock back after this time.</summary>
    public int UnpaidHoldMinutes { get; set; }
}

internal sealed class LockRuleMapping : IEntityTypeConfiguration<LockRuleRow>
{
    public void Configure(EntityTypeBuilder<LockRuleRow> rule)
    {
        rule.ToTable("orders_lock_rules", t =>
        {
            t.HasCheckConstraint("orders_lock_rules_condition", "num_nonnulls(shop_id, sku_id, promotion_type) > 0");
            t.HasCheckConstraint("orders_lock_rules_hold", "unpaid_hold_minutes > 0");
        });
        rule.HasIndex(x => new { x.ShopId, x.SkuId, x.PromotionType }).IsUnique().AreNullsDistinct(false);
    }
}
