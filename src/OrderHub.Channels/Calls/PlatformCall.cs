using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Calls;

/// <summary>Refused: the platform answered no. Outage: it did not answer, or asked to come again later.</summary>
internal enum CallOutcome : short { Broken = 0, Done = 1, Refused = 2, Outage = 3 }

/// <summary>One HTTP exchange with a platform, without secrets.</summary>
internal sealed class PlatformCall
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Method { get; init; } = "";
    public string TraceId { get; init; } = "";

    /// <summary>What was being delivered; null for reads.</summary>
    public long? DeliveryId { get; init; }

    /// <summary>Broken = the hub itself stopped in the middle.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public short? Status { get; set; }
    public int TookMs { get; set; }
    public int ReplyBytes { get; set; }
    public string? Error { get; set; }
    public string? Request { get; init; }
    public string? Reply { get; set; }
}

/// <summary>The same calls counted by the minute; what pages show without reading the log.</summary>
internal sealed class CallMinute
{
    public int ShopId { get; init; }
    public DateTimeOffset Minute { get; init; }
    public int Done { get; init; }
    public int Refused { get; init; }
    public int Outages { get; init; }
    public long TookMs { get; init; }
}

internal sealed class PlatformCallMapping : IEntityTypeConfiguration<PlatformCall>, IEntityTypeConfiguration<CallMinute>
{
    public void Configure(EntityTypeBuilder<PlatformCall> call)
    {
        call.ToTable("channels_calls");
        call.HasIndex(x => new { x.ShopId, x.Id });
        call.HasIndex(x => x.TraceId);
        call.HasIndex(x => x.DeliveryId).HasFilter("delivery_id is not null");
        call.HasIndex(x => x.At);
    }

    public void Configure(EntityTypeBuilder<CallMinute> minute)
    {
        minute.ToTable("channels_call_minutes");
        minute.HasKey(x => new { x.ShopId, x.Minute });
    }
}
