using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.DualRun;

internal enum DifferenceKind : short { MissingHere = 1, MissingThere = 2, Warehouse = 3, Status = 4, Amount = 5 }

/// <summary>Another system's results for one day, compared with ours.</summary>
internal sealed class Comparison
{
    public long Id { get; init; }
    public int ShopId { get; init; }

    /// <summary>Shop time; the day on which the orders were placed.</summary>
    public DateOnly Day { get; init; }
    public string FileName { get; init; } = "";
    public int Theirs { get; init; }
    public int Ours { get; init; }
    public int Same { get; init; }

    /// <summary>Rows of the file that could not be read.</summary>
    public int Unreadable { get; init; }
    public string ComparedBy { get; init; } = "";
    public DateTimeOffset At { get; init; }
}

/// <summary>One thing in which an order differs; an order may differ in several.</summary>
internal sealed class Difference
{
    public long Id { get; init; }
    public long ComparisonId { get; init; }
    public DifferenceKind Kind { get; init; }
    public string OrderNo { get; init; } = "";

    /// <summary>Ours; null when it is not here.</summary>
    public long? OrderId { get; init; }
    public string Theirs { get; init; } = "";
    public string Ours { get; init; } = "";
}

internal sealed class ComparisonMapping : IEntityTypeConfiguration<Comparison>, IEntityTypeConfiguration<Difference>
{
    public void Configure(EntityTypeBuilder<Comparison> comparison)
    {
        comparison.ToTable("channels_comparisons");
        comparison.HasIndex(x => x.At);
    }

    public void Configure(EntityTypeBuilder<Difference> difference)
    {
        difference.ToTable("channels_differences");
        difference.HasIndex(x => new { x.ComparisonId, x.Kind, x.Id });
        difference.HasOne<Comparison>().WithMany().HasForeignKey(x => x.ComparisonId).OnDelete(DeleteBehavior.Cascade);
    }
}
