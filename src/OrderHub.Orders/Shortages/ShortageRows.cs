using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Orders.Shortages;

/// <summary>What an order in SHORTAGE wants of one base SKU, kits exploded. There exactly while the order is in SHORTAGE, all its SKUs, also those that are not missing.</summary>
internal sealed class ShortageRow
{
    public long OrderId { get; init; }
    public int SkuId { get; init; }
    public int Wanted { get; init; }
}

/// <summary>A person put an order before or behind the others that wait for stock.</summary>
internal sealed class PriorityRow
{
    public long OrderId { get; init; }

    /// <summary>1 = before all others, −1 = behind them. Absent = as the fair order says.</summary>
    public short Weight { get; set; }
    public string Reason { get; set; } = "";
    public string Actor { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

/// <summary>A buyer of one shop who comes before others at the same deadline.</summary>
internal sealed class VipBuyerRow
{
    public int ShopId { get; init; }
    public string BuyerKey { get; init; } = "";
    public string Reason { get; set; } = "";
    public string Actor { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class ShortageMapping : IEntityTypeConfiguration<ShortageRow>, IEntityTypeConfiguration<PriorityRow>, IEntityTypeConfiguration<VipBuyerRow>
{
    public void Configure(EntityTypeBuilder<ShortageRow> shortage)
    {
        shortage.ToTable("orders_shortages", t => t.HasCheckConstraint("orders_shortages_wanted", "wanted > 0"));
        shortage.HasKey(x => new { x.OrderId, x.SkuId });
        shortage.HasIndex(x => x.SkuId); // who waits for what has just come in
    }

    public void Configure(EntityTypeBuilder<PriorityRow> priority)
    {
        priority.ToTable("orders_priorities", t => t.HasCheckConstraint("orders_priorities_weight", "weight in (-1, 1)"));
        priority.HasKey(x => x.OrderId);
        priority.Property(x => x.OrderId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<VipBuyerRow> vip)
    {
        vip.ToTable("orders_vip_buyers");
        vip.HasKey(x => new { x.ShopId, x.BuyerKey });
    }
}
