using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Publishing;

/// <summary>Which rule decided; the narrower wins whole, rules are never mixed.</summary>
internal enum RuleScope { None = 0, Everywhere = 1, Shop = 2, Sku = 3 }

/// <summary>One rule: for all shops, for one shop, or for one SKU in one shop.</summary>
internal sealed class PublishRule
{
    public long Id { get; init; }

    /// <summary>Null = all shops.</summary>
    public int? ShopId { get; init; }

    /// <summary>Null = every SKU of the shop. May be a kit.</summary>
    public int? SkuId { get; init; }
    public int? SharePercent { get; set; }
    public int? Fixed { get; set; }
    public int? Cap { get; set; }
    public int Reserve { get; set; }
    public int ZeroAtOrBelow { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public string ChangedBy { get; set; } = "";

    public RuleScope Scope => SkuId is not null ? RuleScope.Sku : ShopId is not null ? RuleScope.Shop : RuleScope.Everywhere;
    public PublishTerms Terms => new(SharePercent, Fixed, Cap, Reserve, ZeroAtOrBelow);
}

internal sealed class PublishRuleMapping : IEntityTypeConfiguration<PublishRule>
{
    public void Configure(EntityTypeBuilder<PublishRule> rule)
    {
        rule.ToTable("channels_publish_rules", t =>
        {
            t.HasCheckConstraint("channels_publish_rules_scope", "sku_id is null or shop_id is not null");
            t.HasCheckConstraint("channels_publish_rules_terms", """
                share_percent between 0 and 100 and fixed is null or share_percent is null
                """);
            t.HasCheckConstraint("channels_publish_rules_pieces", "coalesce(fixed, 0) >= 0 and coalesce(cap, 0) >= 0 and reserve >= 0 and zero_at_or_below >= 0");
        });
        rule.Ignore(x => x.Scope).Ignore(x => x.Terms);
        rule.HasIndex(x => new { x.ShopId, x.SkuId }).IsUnique().AreNullsDistinct(false);
    }
}

/// <summary>The rules that may decide for some listings.</summary>
internal sealed class RuleBook(IEnumerable<PublishRule> rules)
{
    private readonly Dictionary<(int?, int?), PublishRule> _rules = rules.ToDictionary(r => (r.ShopId, r.SkuId));

    /// <returns>Null = none applies.</returns>
    public PublishRule? For(int shopId, int skuId) => _rules.GetValueOrDefault((shopId, skuId)) ?? _rules.GetValueOrDefault((shopId, null)) ?? _rules.GetValueOrDefault((null, null));
}
