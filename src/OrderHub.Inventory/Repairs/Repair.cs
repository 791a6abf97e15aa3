using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Repairs;

/// <summary>A counter that was put back to what its ledger says. Append-only.</summary>
internal sealed class Repair
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public string Counter { get; init; } = "";
    public int Was { get; init; }
    public int Became { get; init; }
    public string Actor { get; init; } = "";
}

internal sealed class RepairMapping : IEntityTypeConfiguration<Repair>
{
    public void Configure(EntityTypeBuilder<Repair> repair)
    {
        repair.ToTable("inventory_repairs");
        repair.HasIndex(x => new { x.SkuId, x.Id });
    }
}
