using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Bridge;

/// <summary>How far a bridge is and how it fares.</summary>
internal sealed class BridgeState
{
    public string Name { get; init; } = "";

    /// <summary>Without a flag: the highest value of the changed column up to which everything is here.</summary>
    public string? Position { get; init; }
    public long Accepted { get; init; }
    public DateTimeOffset? LastRunAt { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public string? LastError { get; init; }
}

/// <summary>An order of the other system that cannot be read; it waits there until it is mended.</summary>
internal sealed class BridgeFault
{
    public string Bridge { get; init; } = "";
    public string OrderNo { get; init; } = "";

    /// <summary>Localizer key with its values.</summary>
    public string Message { get; init; } = "";
    public string Arguments { get; init; } = "[]";
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
}

internal sealed class BridgeStateMapping : IEntityTypeConfiguration<BridgeState>, IEntityTypeConfiguration<BridgeFault>
{
    public void Configure(EntityTypeBuilder<BridgeState> bridge)
    {
        bridge.ToTable("channels_bridges");
        bridge.HasKey(x => x.Name);
    }

    public void Configure(EntityTypeBuilder<BridgeFault> fault)
    {
        fault.ToTable("channels_bridge_faults");
        fault.HasKey(x => new { x.Bridge, x.OrderNo });
        fault.Property(x => x.Arguments).HasColumnType("jsonb");
    }
}
