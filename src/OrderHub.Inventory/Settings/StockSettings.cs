using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Inventory.Settings;

/// <summary>What the warehouse people agreed on; one row, made when it is first changed.</summary>
internal sealed class StockSettings
{
    public short Id { get; init; } = 1;

    /// <summary>An adjustment that changes at most this many pieces in all needs no second person.</summary>
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
