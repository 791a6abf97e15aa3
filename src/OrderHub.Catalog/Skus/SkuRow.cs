using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Catalog.Skus;

internal sealed class SkuRow
{
    public int Id { get; init; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Spec { get; set; } = "";
    public string Category { get; set; } = "";
    public string Barcode { get; set; } = "";
    public int WeightGrams { get; set; }

    /// <summary>Cubic centimetres a piece; 0 = unknown.</summary>
    public int VolumeCm3 { get; set; }
    public long CostFen { get; set; }
    public long FloorPriceFen { get; set; }
    public string? PictureUrl { get; set; }
}

internal sealed class KitPartRow
{
    public int KitSkuId { get; init; }
    public int PartSkuId { get; init; }
    public int Quantity { get; set; }
}

internal sealed class SkuMapping : IEntityTypeConfiguration<SkuRow>, IEntityTypeConfiguration<KitPartRow>
{
    public void Configure(EntityTypeBuilder<SkuRow> sku)
    {
        sku.ToTable("catalog_skus", t =>
        {
            t.HasCheckConstraint("catalog_skus_weight", "weight_grams >= 0 and cost_fen >= 0 and floor_price_fen >= 0");
            t.HasCheckConstraint("catalog_skus_volume", "volume_cm3 >= 0");
        });
        sku.Property(x => x.VolumeCm3).HasColumnName("volume_cm3").HasDefaultValue(0);
        sku.HasKey(x => x.Id);
        sku.HasIndex(x => x.Code).IsUnique();
        sku.HasIndex(x => x.Barcode).IsUnique().HasFilter("barcode <> ''");
    }

    public void Configure(EntityTypeBuilder<KitPartRow> part)
    {
        part.ToTable("catalog_kit_parts", t => t.HasCheckConstraint("catalog_kit_parts_quantity", "quantity > 0 and kit_sku_id <> part_sku_id"));
        part.HasKey(x => new { x.KitSkuId, x.PartSkuId });
        part.HasOne<SkuRow>().WithMany().HasForeignKey(x => x.KitSkuId);
        part.HasOne<SkuRow>().WithMany().HasForeignKey(x => x.PartSkuId);
    }
}
