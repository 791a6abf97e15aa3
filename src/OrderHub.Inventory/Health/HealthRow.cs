using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Health;

/// <summary>The last check and the last breach; one row, kept by <see cref="CheckHealthJob"/>.</summary>
internal sealed class HealthRow
{
    public short Id { get; init; }
    public DateTimeOffset CheckedAt { get; init; }
    public long Checked { get; init; }
    public long Breaches { get; init; }
    public DateTimeOffset CleanSince { get; init; }
    public DateTimeOffset? LastBreachAt { get; init; }
    public string[] Examples { get; init; } = [];
}

internal sealed class HealthMapping : IEntityTypeConfiguration<HealthRow>
{
    public void Configure(EntityTypeBuilder<HealthRow> health)
    {
        health.ToTable("inventory_health", t => t.HasCheckConstraint("inventory_health_one_row", "id = 1"));
        health.Property(x => x.Id).ValueGeneratedNever();
    }
}
