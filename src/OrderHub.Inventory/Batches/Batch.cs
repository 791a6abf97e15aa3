using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Batches;

/// <summary>Pieces of one batch in one warehouse: the part of on hand whose batch is known. What remains of on hand carries no number.</summary>
internal sealed class Batch
{
    public long Id { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public string BatchNo { get; init; } = "";

    /// <summary>Last day it may be sold, shop time; null = does not expire.</summary>
    public DateOnly? ExpiresOn { get; init; }
    public int Quantity { get; set; }

    public Batch Less(int quantity) => new() { Id = Id, SkuId = SkuId, WarehouseId = WarehouseId, BatchNo = BatchNo, ExpiresOn = ExpiresOn, Quantity = Math.Max(0, Quantity - quantity) };
}

/// <summary>A change of one batch; append-only.</summary>
internal sealed class BatchMovement
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public long BatchId { get; init; }
    public int Delta { get; init; }
    public int BalanceAfter { get; init; }
    public string Document { get; init; } = "";
    public string Actor { get; init; } = "";
}

internal sealed class BatchMapping : IEntityTypeConfiguration<Batch>, IEntityTypeConfiguration<BatchMovement>
{
    public void Configure(EntityTypeBuilder<Batch> batch)
    {
        batch.ToTable("inventory_batches", t => t.HasCheckConstraint("inventory_batches_quantity", "quantity >= 0"));
        batch.Property(x => x.BatchNo).HasMaxLength(60);
        batch.HasIndex(x => new { x.SkuId, x.WarehouseId, x.BatchNo }).IsUnique();
        batch.HasIndex(x => x.ExpiresOn).HasFilter("quantity > 0");
    }

    public void Configure(EntityTypeBuilder<BatchMovement> movement)
    {
        movement.ToTable("inventory_batch_movements", t => t.HasCheckConstraint("inventory_batch_movements_delta", "delta <> 0 and balance_after >= 0"));
        movement.HasIndex(x => new { x.BatchId, x.Id });
        movement.HasIndex(x => x.Document);
    }
}
