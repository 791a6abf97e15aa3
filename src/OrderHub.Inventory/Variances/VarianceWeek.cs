using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Variances;

/// <summary>A finished week's summary, as it was reported. Monday to Sunday, shop time.</summary>
internal sealed class VarianceWeek
{
    public DateOnly Monday { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public int Compared { get; init; }
    public int Differing { get; init; }
    public long PiecesOver { get; init; }
    public long PiecesShort { get; init; }
    public long NetFen { get; init; }
}

internal sealed class VarianceWeekMapping : IEntityTypeConfiguration<VarianceWeek>
{
    public void Configure(EntityTypeBuilder<VarianceWeek> week)
    {
        week.ToTable("inventory_variance_weeks");
        week.HasKey(x => x.Monday);
        week.Property(x => x.Monday).ValueGeneratedNever();
    }
}
