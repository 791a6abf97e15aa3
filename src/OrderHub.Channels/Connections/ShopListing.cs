using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Connections;

/// <summary>A platform SKU this shop sells, and the quantity its buyers were last shown.</summary>
internal sealed class ShopListing
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public int SkuId { get; init; }
    public string MerchantCode { get; init; } = "";
    public string PlatformProductId { get; init; } = "";
    public string PlatformSkuId { get; init; } = "";

    /// <summary>Null until the platform took a quantity from us.</summary>
    public int? PublishedQuantity { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
}

internal sealed class ShopListingMapping : IEntityTypeConfiguration<ShopListing>
{
    public void Configure(EntityTypeBuilder<ShopListing> listing)
    {
        listing.ToTable("channels_listings", t => t.HasCheckConstraint("ck_channels_listings_published", "published_quantity >= 0"));
        listing.HasIndex(x => new { x.ShopId, x.PlatformProductId, x.PlatformSkuId }).IsUnique();
        listing.HasIndex(x => x.SkuId);
    }
}
