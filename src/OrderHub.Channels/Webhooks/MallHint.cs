using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Webhooks;

internal enum HintState : short { Waiting = 1, Done = 2, Failed = 3 }

/// <summary>A mall's or platform's word that something changed. It carries no data we trust: the object is fetched.</summary>
internal sealed class MallHint
{
    public long Id { get; init; }
    public int ShopId { get; init; }

    /// <summary>The sender's; the same event again is not stored again.</summary>
    public string EventId { get; init; } = "";

    /// <summary><c>order.paid</c>, <c>refund.done</c> …; with the platform's own tag behind the dot where it numbers them.</summary>
    public string Event { get; init; } = "";

    /// <summary>Order or refund number; empty when the event names none.</summary>
    public string Subject { get; init; } = "";
    public HintState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string? LastError { get; init; }
}

internal sealed class MallHintMapping : IEntityTypeConfiguration<MallHint>
{
    public void Configure(EntityTypeBuilder<MallHint> hint)
    {
        hint.ToTable("channels_hints");
        hint.HasIndex(x => new { x.ShopId, x.EventId }).IsUnique();
        hint.HasIndex(x => x.DueAt).HasFilter("state = 1").HasDatabaseName("ix_channels_hints_waiting");
    }
}
