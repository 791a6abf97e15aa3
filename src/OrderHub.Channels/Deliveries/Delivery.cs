using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Deliveries;

internal enum DeliveryKind : short { Shipment = 1, Stock = 2, Memo = 3, RefundAnswer = 4 }

/// <summary>Failed: the platform refused, repeating alone won't help. Dead: it did not answer for hours. Skipped: there was nothing to tell.</summary>
internal enum DeliveryState : short { Waiting = 1, Sent = 2, Failed = 3, Dead = 4, Skipped = 5 }

/// <summary>
/// Something a platform is owed: one row per order (shipment, memo), listing (stock) or refund (answer), however often it becomes due. News about a subject
/// that is already waiting raises <see cref="Revision"/> instead of adding a row; that is how a burst becomes one call.
/// </summary>
internal sealed class Delivery
{
    public long Id { get; init; }
    public DeliveryKind Kind { get; init; }
    public int ShopId { get; init; }

    /// <summary>The order's, the listing's or the refund's id.</summary>
    public long SubjectId { get; init; }

    /// <summary>The platform order number, the SKU code or the refund number: what people look for.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What to tell, as JSON, where it is said by people and not read when it is sent: a memo, an answer.</summary>
    public string? Payload { get; init; }
    public DeliveryState State { get; init; }
    public int Revision { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }

    /// <summary>
    /// Its place in the shop's queue: <see cref="DueAt"/>, much earlier where a buyer waits for it, up to a second later for a listing that
    /// has plenty. So what is about to be sold out goes first, and nothing waits for ever.
    /// </summary>
    public DateTimeOffset PlaceAt { get; init; }

    /// <summary>A worker has it in hand until then; a worker that died lets it go by time.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? LastError { get; init; }

    /// <summary>What was sent, in words: the waybill or the quantity.</summary>
    public string? Sent { get; init; }
    public int? TookMs { get; init; }

    /// <summary>Of the work that owed it.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>Of the newest attempt: leads to its calls in the interface log, also where one call told several deliveries.</summary>
    public string? CallTraceId { get; init; }
}

internal sealed class DeliveryMapping : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("channels_deliveries");
        delivery.HasIndex(x => new { x.Kind, x.ShopId, x.SubjectId }).IsUnique();
        delivery.HasIndex(x => new { x.ShopId, x.PlaceAt }).HasFilter("state = 1").HasDatabaseName("ix_channels_deliveries_waiting");
        delivery.Property(x => x.Payload).HasColumnType("jsonb");
        delivery.HasIndex(x => new { x.ShopId, x.State });
    }
}
