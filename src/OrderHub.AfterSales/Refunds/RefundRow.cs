using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.AfterSales.Contracts;

namespace OrderHub.AfterSales.Refunds;

/// <summary>The newest version of a platform's refund. Once done, its status and amount never change again: the money is gone.</summary>
internal sealed class RefundRow
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public string RefundNo { get; init; } = "";
    public long Version { get; init; }
    public string PlatformOrderNo { get; init; } = "";
    public string? PlatformLineNo { get; init; }

    /// <summary>Null while the order is not here yet.</summary>
    public long? OrderId { get; init; }
    public RefundKind Kind { get; init; }
    public RefundStatus Status { get; init; }
    public long AppliedFen { get; init; }
    public long RefundedFen { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The warehouse's document of the goods that come back; null = none were announced.</summary>
    public string? ReturnNo { get; init; }

    /// <summary><see cref="RefundDone"/> was said.</summary>
    public bool Told { get; init; }
}

internal sealed class RefundRowMapping : IEntityTypeConfiguration<RefundRow>
{
    public void Configure(EntityTypeBuilder<RefundRow> refund)
    {
        refund.ToTable("aftersales_refunds", t =>
        {
            t.HasCheckConstraint("aftersales_refunds_amounts", "applied_fen >= 0 and refunded_fen >= 0");
            t.HasCheckConstraint("aftersales_refunds_done", "(status = 7) = (done_at is not null) and (status = 7 or (refunded_fen = 0 and not told))");
        });
        refund.Property(x => x.Kind).HasConversion<short>();
        refund.Property(x => x.Status).HasConversion<short>();
        refund.Property(x => x.Told).HasDefaultValue(false);
        refund.HasIndex(x => new { x.ShopId, x.RefundNo }).IsUnique(); // a refund pulled twice is one refund
        refund.HasIndex(x => x.RefundNo);
        refund.HasIndex(x => x.PlatformOrderNo);
        refund.HasIndex(x => x.OrderId);
        refund.HasIndex(x => x.Id).HasFilter("order_id is null").HasDatabaseName("ix_aftersales_refunds_unjoined");
    }
}

internal static class RefundWords
{
    /// <summary>As colleagues say it; a localizer key.</summary>
    public static string Chinese(this RefundStatus status) => status switch
    {
        RefundStatus.Applied => "待处理",
        RefundStatus.Agreed => "已同意",
        RefundStatus.Returning => "退货中",
        RefundStatus.Received => "已收货",
        RefundStatus.Refused => "已拒绝",
        RefundStatus.Closed => "已关闭",
        RefundStatus.Done => "已退款",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <inheritdoc cref="Chinese(RefundStatus)"/>
    public static string Chinese(this RefundKind kind) => kind switch
    {
        RefundKind.RefundOnly => "仅退款",
        RefundKind.ReturnRefund => "退货退款",
        RefundKind.Exchange => "换货",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
