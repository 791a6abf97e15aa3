using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Platform.Notifications;

internal enum TargetLanguage : short { Chinese = 1, English = 2 }

/// <summary>A mailbox or a group's robot that is told things.</summary>
internal sealed class NotificationTarget
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public TargetKind Kind { get; init; }

    /// <summary>Mail addresses, or the robot's whole URL with its key: encrypted, because the key is all it takes to write to the group.</summary>
    public string AddressCipher { get; init; } = "";

    /// <summary>DingTalk's signing secret.</summary>
    public string? SecretCipher { get; init; }

    /// <summary>A word that a DingTalk robot in keyword mode wants to find.</summary>
    public string? Keyword { get; init; }

    /// <summary>As much of the address as anybody may see.</summary>
    public string Shown { get; init; } = "";
    public TargetLanguage Language { get; init; }
    public bool Enabled { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The platform asked for patience, or does not answer.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>A host is sending to it until then; a host that died lets it go by time.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }
}

internal sealed class NotificationTargetMapping : IEntityTypeConfiguration<NotificationTarget>
{
    public void Configure(EntityTypeBuilder<NotificationTarget> target)
    {
        target.ToTable("platform_notification_targets", t => t.HasCheckConstraint("ck_platform_notification_targets_kind", "kind between 1 and 3"));
        target.HasIndex(x => x.Name).IsUnique();
    }
}
