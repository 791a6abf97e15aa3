using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Inbox;

internal enum DocumentKind : short { Order = 1, Refund = 2 }

internal enum DocumentState : short { Applied = 2, Unchanged = 3, Stale = 4, Quarantined = 5 }

/// <summary>Proof = fetched because the completeness check found it missing.</summary>
internal enum DocumentSource : short { Pull = 1, Push = 2, Proof = 3 }

/// <summary>A payload exactly as it came, and what became of it. The same payload again adds no row.</summary>
internal sealed class InboxDocument
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public DocumentKind Kind { get; init; }

    /// <summary>Order or refund number; empty when not even that could be read.</summary>
    public string ExternalId { get; init; } = "";
    public long Version { get; init; }

    /// <summary>SHA-256 of the payload.</summary>
    public byte[] ContentHash { get; init; } = [];

    /// <summary>Empty once it is old and settled, see <see cref="PruneInboxJob"/>.</summary>
    public string Payload { get; init; } = "";
    public DocumentState State { get; init; }

    /// <summary>Why it is in quarantine; for people.</summary>
    public string? Reason { get; init; }
    public DocumentSource Source { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string TraceId { get; init; } = "";
}

internal sealed class InboxDocumentMapping : IEntityTypeConfiguration<InboxDocument>
{
    public void Configure(EntityTypeBuilder<InboxDocument> document)
    {
        document.ToTable("channels_inbox");
        document.HasIndex(x => new { x.ShopId, x.Kind, x.ExternalId, x.Version, x.ContentHash }).IsUnique();
        document.HasIndex(x => new { x.ShopId, x.Id }).HasFilter("state = 5").HasDatabaseName("ix_channels_inbox_quarantined");
        document.HasIndex(x => x.ReceivedAt);
    }
}
