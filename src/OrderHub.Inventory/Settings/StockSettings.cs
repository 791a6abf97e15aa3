using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Settings;

/// <summary>What the warehouse people agreed on; one row, made when it is first changed.</summary>
internal sealed class StockSettings
{
    public short Id { get; init; } = 1;

    /// <summary>Pieces that one person or API key may adjust or assemble of a SKU in a business day without a second person; one document's pieces never exceed them either.</summary>
    public int PiecesWithoutApproval { get; set; } = 50;

    /// <summary>A batch is shown as expiring when it has no more than these days left.</summary>
    public int ExpiryWarningDays { get; set; } = 30;
}

internal sealed class StockSettingsMapping : IEntityTypeConfiguration<StockSettings>
{
    public void Configure(EntityTypeBuilder<StockSettings> settings)
    {
        settings.ToTable("inventory_settings", t => t.HasCheckConstraint("inventory_settings_one_row", "id = 1 and pieces_without_approval >= 0 and expiry_warning_days >= 0"));
        settings.Property(x => x.Id).ValueGeneratedNever();
    }
}
