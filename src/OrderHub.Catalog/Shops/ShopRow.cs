using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Catalog.Contracts;

namespace OrderHub.Catalog.Shops;

internal sealed class ShopRow
{
    public int Id { get; init; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public ShopKind Kind { get; set; }
    public LockPolicy LockPolicy { get; set; }
    public int UnpaidHoldHours { get; set; }
    public int ShipHours { get; set; }
    public int PlatformFeeBasisPoints { get; set; }
    public bool Active { get; set; }
}

/// <summary>What a shop's platform SKU id means to us, where the merchant code does not tell.</summary>
internal sealed class PlatformSkuRow
{
    public int ShopId { get; init; }
    public string PlatformSkuId { get; init; } = "";
    public int SkuId { get; set; }
}

/// <summary>One row; its number grows with every change of master data, so that caches on every host notice.</summary>
internal sealed class CatalogVersionRow
{
    public int Id { get; init; }
    public long Version { get; set; }
}

internal sealed class ShopMapping : IEntityTypeConfiguration<ShopRow>, IEntityTypeConfiguration<PlatformSkuRow>, IEntityTypeConfiguration<CatalogVersionRow>
{
    public void Configure(EntityTypeBuilder<ShopRow> shop)
    {
        shop.ToTable("catalog_shops", t =>
        {
            t.HasCheckConstraint("catalog_shops_fee", "platform_fee_basis_points between 0 and 10000 and unpaid_hold_hours > 0");
            t.HasCheckConstraint("catalog_shops_ship_hours", "ship_hours > 0");
        });
        shop.Property(x => x.ShipHours).HasDefaultValue(Shop.UsualShipHours);
        shop.HasIndex(x => x.Code).IsUnique();
        shop.Property(x => x.Active).HasDefaultValue(true);
    }

    public void Configure(EntityTypeBuilder<PlatformSkuRow> mapping)
    {
        mapping.ToTable("catalog_platform_skus");
        mapping.HasKey(x => new { x.ShopId, x.PlatformSkuId });
        mapping.HasOne<ShopRow>().WithMany().HasForeignKey(x => x.ShopId);
    }

    public void Configure(EntityTypeBuilder<CatalogVersionRow> version)
    {
        version.ToTable("catalog_version");
        version.Property(x => x.Id).ValueGeneratedNever();
        version.HasData(new CatalogVersionRow { Id = 1, Version = 1 });
    }
}
