using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Platform.Notifications;

/// <summary>Refused: repeating alone won't help, or it was tried for a day. Dropped: its target was disabled or deleted before it went.</summary>
public enum NotificationState : short { Waiting = 1, Sent = 2, Refused = 3, Dropped = 4 }

/// <summary>One message owed to one target. Written with what it tells, in one transaction; kept as the log of who was told what.</summary>
internal sealed class Notification
{
    public long Id { get; init; }
    public long TargetId { get; init; }

    /// <summary>As it was then: the log outlives the target.</summary>
    public string TargetName { get; init; } = "";
    public long? IncidentId { get; init; }
    public MessageTone Tone { get; init; }
    public bool Critical { get; init; }

    /// <summary>The <see cref="Message"/>; put into words when it is sent.</summary>
    public string Content { get; init; } = "";
    public NotificationState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The latest outgoing message that carried it; several share one when they went as a digest.</summary>
    public long? SendId { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? LastError { get; init; }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("platform_notifications", t => t.HasCheckConstraint("ck_platform_notifications_state", "state between 1 and 4"));
        notification.Property(x => x.Content).HasColumnType("jsonb");
        notification.HasIndex(x => new { x.TargetId, x.DueAt, x.Id }).HasFilter("state = 1").HasDatabaseName("ix_platform_notifications_waiting");
        notification.HasIndex(x => x.IncidentId);
        notification.HasIndex(x => x.SendId);
        notification.HasIndex(x => x.SettledAt);
    }
}

/// <summary>One message that left, or tried to leave, for a target: what a robot's minute is counted by.</summary>
internal sealed class NotificationSend
{
    public long Id { get; init; }
    public long TargetId { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Notifications in it.</summary>
    public int Notifications { get; init; }

    /// <summary>A <see cref="Senders.SendResult"/>; null while it runs, and for ever when the host died on it.</summary>
    public short? Result { get; init; }
    public string? Error { get; init; }
    public int? TookMs { get; init; }
    public string TraceId { get; init; } = "";
}

internal sealed class NotificationSendMapping : IEntityTypeConfiguration<NotificationSend>
{
    public void Configure(EntityTypeBuilder<NotificationSend> send)
    {
        send.ToTable("platform_notification_sends");
        send.HasIndex(x => new { x.TargetId, x.StartedAt });
        send.HasIndex(x => x.StartedAt);
    }
}
