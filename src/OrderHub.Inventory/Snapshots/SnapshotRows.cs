using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Snapshots;

/// <summary>What an outside warehouse says it has, and what we had to say to that when it came.</summary>
internal sealed class Snapshot
{
    public long Id { get; init; }

    /// <summary>Theirs; the same one again is the same snapshot.</summary>
    public string SnapshotId { get; init; } = "";
    public int WarehouseId { get; init; }
    public DateTimeOffset TakenAt { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public string Actor { get; init; } = "";

    /// <summary>SKUs it does not name are not there.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The adjustment that was made of what nothing explained.</summary>
    public string? DocumentNo { get; init; }
}

internal sealed class SnapshotLine
{
    public long SnapshotKey { get; init; }
    public int LineNo { get; init; }

    /// <summary>Null = their code means no SKU of ours.</summary>
    public int? SkuId { get; init; }
    public string Code { get; init; } = "";
    public int TheirOnHand { get; init; }
    public int? TheirInTransit { get; init; }

    /// <summary>Ours when the snapshot came in, and what our documents had moved between its time and then.</summary>
    public int OurOnHand { get; init; }
    public int MovedSince { get; init; }

    /// <summary>Purchases, transfers and returns under way at their time, as <see cref="TheirInTransit"/> is.</summary>
    public int OurInTransit { get; init; }

    /// <summary>Under way to this warehouse at their time or when it came in, whichever is more: they may have booked it in already.</summary>
    public int Arriving { get; init; }

    /// <summary>Planned to leave by transfers that we have not shipped yet: they may have.</summary>
    public int Leaving { get; init; }

    /// <summary>Held by orders then: a hint where to look first, no explanation.</summary>
    public int Reserved { get; init; }
    public int Unexplained { get; init; }
}

internal sealed class SnapshotMapping : IEntityTypeConfiguration<Snapshot>, IEntityTypeConfiguration<SnapshotLine>
{
    public void Configure(EntityTypeBuilder<Snapshot> snapshot)
    {
        snapshot.ToTable("inventory_snapshots");
        snapshot.Property(x => x.SnapshotId).HasMaxLength(100);
        snapshot.HasIndex(x => new { x.WarehouseId, x.SnapshotId }).IsUnique();
        snapshot.HasIndex(x => x.TakenAt);
    }

    public void Configure(EntityTypeBuilder<SnapshotLine> line)
    {
        line.ToTable("inventory_snapshot_lines");
        line.HasKey(x => new { x.SnapshotKey, x.LineNo });
        line.Property(x => x.LineNo).ValueGeneratedNever();
    }
}
