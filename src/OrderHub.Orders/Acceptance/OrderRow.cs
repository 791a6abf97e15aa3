using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Acceptance;

/// <summary>One order of one shop. Written by set-based SQL (<see cref="OrderWriter"/>), read by EF and SQL.</summary>
internal sealed class OrderRow
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public string PlatformOrderNo { get; init; } = "";
    public long Version { get; init; }
    public OrderState State { get; init; }
    public DateTimeOffset StateSince { get; init; }
    public PlatformStatus PlatformStatus { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ShipBy { get; init; }
    public DateTimeOffset? ShippedAt { get; init; }
    public DateTimeOffset AcceptedAt { get; init; }
    public long GoodsFen { get; init; }
    public long ShopDiscountFen { get; init; }
    public long PlatformDiscountFen { get; init; }
    public long FreightFen { get; init; }
    public long AdjustFen { get; init; }

    /// <summary>What the buyer pays or paid, refunds not deducted; fixed once paid.</summary>
    public long PayFen { get; init; }
    public string BuyerKey { get; init; } = "";
    public string BuyerNick { get; init; } = "";
    public string ReceiverName { get; init; } = "";
    public string ReceiverPhone { get; init; } = "";
    public string Province { get; init; } = "";
    public string City { get; init; } = "";
    public string District { get; init; } = "";
    public string Town { get; init; } = "";
    public string Address { get; init; } = "";
    public string? ReceiverToken { get; init; }
    public string? BuyerNote { get; init; }
    public string? SellerNote { get; init; }
    public short SellerFlag { get; init; }
    public string? Invoice { get; init; }
    public string PromotionType { get; init; } = "";
    public string? Coupons { get; init; }
    public string? Extras { get; init; }
    public string? NamedCourier { get; init; }

    /// <summary>The platform forbids shipping for now.</summary>
    public string? PlatformHold { get; init; }

    /// <summary>We stopped it ourselves (refund asked).</summary>
    public string? Hold { get; init; }

    /// <summary>Why it waits in REVIEW, codes of <see cref="Judging.ReviewReason"/>; null = nothing found.</summary>
    public string[]? ReviewReasons { get; init; }

    /// <summary>Where its stock is reserved; null = it holds none.</summary>
    public int? WarehouseId { get; init; }
    public int? CourierId { get; init; }

    /// <summary>The parcels of an order that goes in several, <see cref="OrderPart"/>; null = it goes whole.</summary>
    public string? Parts { get; init; }
    public int WeightGrams { get; init; }

    /// <summary>Tells whether a newer version changed what was bought.</summary>
    public int LinesDigest { get; init; }
    public short LineCount { get; init; }
}

internal sealed class OrderLineRow
{
    public long OrderId { get; init; }
    public short LineNo { get; init; }
    public string PlatformLineNo { get; init; } = "";
    public string? PlatformProductId { get; init; }
    public string? PlatformSkuId { get; init; }
    public string? MerchantCode { get; init; }
    public int? SkuId { get; init; }
    public string Title { get; init; } = "";
    public string Spec { get; init; } = "";
    public int Quantity { get; init; }
    public long UnitPriceFen { get; init; }
    public long PayFen { get; init; }
    public bool IsGift { get; init; }
}

/// <summary>What happened to the order, when, by whom. Append-only.</summary>
internal sealed class TimelineRow
{
    public long Id { get; init; }
    public long OrderId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>In Chinese, a localizer key.</summary>
    public string What { get; init; } = "";
    public OrderState? ToState { get; init; }
    public string Actor { get; init; } = "";
    public string? Note { get; init; }
    public string? TraceId { get; init; }
}

internal sealed class OrderMapping : IEntityTypeConfiguration<OrderRow>, IEntityTypeConfiguration<OrderLineRow>, IEntityTypeConfiguration<TimelineRow>
{
    public void Configure(EntityTypeBuilder<OrderRow> order)
    {
        order.ToTable("orders_orders");
        order.Property(x => x.Invoice).HasColumnType("jsonb");
        order.Property(x => x.Coupons).HasColumnType("jsonb");
        order.Property(x => x.Extras).HasColumnType("jsonb");
        order.Property(x => x.Parts).HasColumnType("json"); // read and compared as it was written
        order.HasIndex(x => new { x.ShopId, x.PlatformOrderNo }).IsUnique();
        order.HasIndex(x => new { x.CreatedAt, x.Id });
        order.HasIndex(x => new { x.State, x.CreatedAt, x.Id });
        order.HasIndex(x => new { x.State, x.ShippedAt }).HasFilter("state = 50");
        order.HasIndex(x => x.PaidAt);
        order.HasIndex(x => new { x.CreatedAt, x.Id }, "ix_orders_orders_held").HasFilter("hold is not null or platform_hold is not null");
    }

    public void Configure(EntityTypeBuilder<OrderLineRow> line)
    {
        line.ToTable("orders_lines");
        line.HasKey(x => new { x.OrderId, x.LineNo });
    }

    public void Configure(EntityTypeBuilder<TimelineRow> entry)
    {
        entry.ToTable("orders_timeline");
        entry.HasKey(x => new { x.OrderId, x.Id });
        entry.Property(x => x.Id).ValueGeneratedOnAdd();
    }
}
