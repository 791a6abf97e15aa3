using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Quotas;

internal enum QuotaKind : short { Exclusive = 1, Promotion = 2 }

/// <summary>
/// Pieces set aside for one shop from a time until a time. It lives while it has begun, is not over and was not ended; what it has left is
/// then hidden from the other shops. A quota is a first claim, not a promise: when stock is lost, it covers what is there.
/// </summary>
internal sealed class Quota
{
    public long Id { get; init; }
    public QuotaKind Kind { get; init; }
    public int SkuId { get; init; }

    /// <summary>Null = wherever the stock is.</summary>
    public int? WarehouseId { get; init; }
    public int ShopId { get; init; }
    public int Quantity { get; init; }

    /// <summary>Sum of the draws that were not given back.</summary>
    public int Used { get; set; }
    public DateTimeOffset FromAt { get; init; }
    public DateTimeOffset UntilAt { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";

    /// <summary>When the channels were told that it has begun.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }
}

/// <summary>What an order's reservation took out of a quota.</summary>
internal sealed class QuotaDraw
{
    public long QuotaId { get; init; }
    public long OrderId { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public short Part { get; init; }

    /// <summary>Of the reservation, as all before.</summary>
    public DateTimeOffset Since { get; init; }
    public int Quantity { get; init; }
    public DateTimeOffset? GivenBackAt { get; set; }
}

internal sealed class QuotaMapping : IEntityTypeConfiguration<Quota>, IEntityTypeConfiguration<QuotaDraw>
{
    public void Configure(EntityTypeBuilder<Quota> quota)
    {
        quota.ToTable("inventory_quotas", t => t.HasCheckConstraint("inventory_quotas_used", "quantity > 0 and used between 0 and quantity and until_at > from_at"));
        quota.Property(x => x.Used).HasDefaultValue(0);
        quota.HasIndex(x => x.SkuId, "ix_inventory_quotas_open").HasFilter("ended_at is null");
        quota.HasIndex(x => x.EndedAt);
    }

    public void Configure(EntityTypeBuilder<QuotaDraw> draw)
    {
        draw.ToTable("inventory_quota_draws", t => t.HasCheckConstraint("inventory_quota_draws_quantity", "quantity > 0"));
        draw.HasKey(x => new { x.OrderId, x.SkuId, x.WarehouseId, x.Since, x.QuotaId, x.Part });
        draw.Property(x => x.Part).HasDefaultValue((short)1);
        draw.HasIndex(x => x.QuotaId);
    }
}
