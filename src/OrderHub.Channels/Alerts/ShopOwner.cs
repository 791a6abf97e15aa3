using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts;

/// <summary>A notification target that hears of a shop's troubles. A shop without any is everybody's.</summary>
internal sealed class ShopOwner
{
    public int ShopId { get; init; }
    public long TargetId { get; init; }
}

internal sealed class ShopOwnerMapping : IEntityTypeConfiguration<ShopOwner>
{
    public void Configure(EntityTypeBuilder<ShopOwner> owner)
    {
        owner.ToTable("channels_owners");
        owner.HasKey(x => new { x.ShopId, x.TargetId });
    }
}

internal static class ShopOwnership
{
    public static async Task<ILookup<int, long>> OfAllAsync(HubDatabase database, CancellationToken ct) =>
        (await database.QueryAsync("select shop_id, target_id from channels_owners", r => (Shop: r.GetInt32(0), Target: r.GetInt64(1)), ct)).ToLookup(r => r.Shop, r => r.Target);
}
