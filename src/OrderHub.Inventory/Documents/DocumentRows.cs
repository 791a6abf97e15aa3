using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Documents;

/// <summary>One adjustment by hand or by API; its key makes a repeated request harmless.</summary>
internal sealed class AdjustmentRow
{
    public string IdempotencyKey { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public int SkuId { get; init; }
    public int WarehouseId { get; init; }
    public int Delta { get; init; }
    public string Reason { get; init; } = "";
    public string Actor { get; init; } = "";
}

internal sealed class ReceiptRow
{
    public string DocumentNo { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public int LineCount { get; init; }
    public long Pieces { get; init; }
}

internal sealed class DocumentMapping : IEntityTypeConfiguration<AdjustmentRow>, IEntityTypeConfiguration<ReceiptRow>
{
    public void Configure(EntityTypeBuilder<AdjustmentRow> adjustment)
    {
        adjustment.ToTable("inventory_adjustments");
        adjustment.HasKey(x => x.IdempotencyKey);
    }

    public void Configure(EntityTypeBuilder<ReceiptRow> receipt)
    {
        receipt.ToTable("inventory_receipts");
        receipt.HasKey(x => x.DocumentNo);
    }
}
