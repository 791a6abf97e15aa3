using Microsoft.EntityFrameworkCore;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Connections;

/// <summary>Connects shops and lists their platform SKUs; new listings are due for publishing at once.</summary>
internal sealed class ConnectShopHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, DeliveryQueue deliveries, AuditTrail audit, TimeProvider clock) : IChannelSetup
{
    public async Task ConnectAsync(ConnectionImport import, Actor actor, CancellationToken ct)
    {
        var shop = await ShopAsync(import.ShopCode, ct);
        if (!Uri.TryCreate(import.BaseUrl, UriKind.Absolute, out _)) throw new ArgumentException($"Not an absolute URL: {import.BaseUrl}", nameof(import));
        await database.RunAsync(async tx =>
        {
            var known = await tx.Context.Set<Connection>().FirstOrDefaultAsync(c => c.ShopId == shop.Id, ct);
            var before = known is null ? null : Shown(known);
            var connection = known ?? new Connection { ShopId = shop.Id };
            connection.Replace(import.BaseUrl, import.AppKey, connections.Protect(import.AppSecret), connections.Protect(import.AccessToken),
                import.RefreshToken is null ? null : connections.Protect(import.RefreshToken), import.TokenExpiresAt, import.PullEvery);
            if (known is null) tx.Context.Add(connection);
            await tx.Context.SaveChangesAsync(ct);
            await Cursors.OpenAsync(tx, shop.Id, clock.GetUtcNow(), ct);
            await deliveries.HurryAsync(tx, shop.Id, ct);
            if (!Equals(before, Shown(connection))) await audit.WriteAsync(tx, actor, "channels.connect", shop.Code, null, before, Shown(connection), ct);
        }, ct);
        connections.Forget();
    }

    public async Task ListAsync(string shopCode, IReadOnlyList<ListingImport> listings, Actor actor, CancellationToken ct)
    {
        var shop = await ShopAsync(shopCode, ct);
        var snapshot = await catalog.CurrentAsync(ct);
        var known = listings.Select(l => (Listing: l, Sku: snapshot.SkuByCode(l.SkuCode))).Where(l => l.Sku is not null)
            .DistinctBy(l => (l.Listing.PlatformProductId, l.Listing.PlatformSkuId)).ToList();
        await database.RunAsync(async tx =>
        {
            var changed = await tx.QueryAsync("""
                insert into channels_listings as l (shop_id, sku_id, merchant_code, platform_product_id, platform_sku_id)
                select $1, n.* from unnest($2, $3, $4, $5) as n(sku_id, code, product, sku)
                on conflict (shop_id, platform_product_id, platform_sku_id) do update
                   set sku_id = excluded.sku_id, merchant_code = excluded.merchant_code
                 where (l.sku_id, l.merchant_code) is distinct from (excluded.sku_id, excluded.merchant_code)
                returning l.id
                """, r => r.GetInt64(0), ct, shop.Id, known.Select(l => l.Sku!.Id).ToArray(), known.Select(l => l.Sku!.Code).ToArray(),
                known.Select(l => l.Listing.PlatformProductId).ToArray(), known.Select(l => l.Listing.PlatformSkuId).ToArray());
            if (changed.Count == 0) return;
            await deliveries.OweStockAsync(tx, changed, null, ct);
            await audit.WriteAsync(tx, actor, "channels.list", shop.Code, null, null, new { Listings = changed.Count }, ct);
        }, ct);
    }

    private async Task<Shop> ShopAsync(string code, CancellationToken ct) =>
        (await catalog.CurrentAsync(ct)).ShopByCode(code) ?? throw new ArgumentException($"Unknown shop {code}", nameof(code));

    private static object Shown(Connection c) => new { c.BaseUrl, c.AppKey, c.TokenExpiresAt, PullEvery = c.PullEvery.ToString() };
}
