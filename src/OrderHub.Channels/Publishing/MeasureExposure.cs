using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Publishing;

/// <summary>Two sums side by side: what all listings promise of each base SKU, and what the pool has of it.</summary>
internal sealed class MeasureExposure(HubDatabase database, ICatalog catalog, IStockReader stock) : IStockExposure
{
    public async Task<OversellExposure> ReadAsync(int most, CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        var published = await database.QueryAsync("select sku_id, sum(published_quantity)::bigint, count(*)::int from channels_listings where published_quantity > 0 group by 1",
            r => (SkuId: r.GetInt32(0), Quantity: r.GetInt64(1), Listings: r.GetInt32(2)), ct);
        var promised = published.Select(p => (Sku: snapshot.Sku(p.SkuId), p.Quantity, p.Listings)).Where(p => p.Sku is not null)
            .SelectMany(p => p.Sku!.IsKit ? p.Sku.Parts.Select(part => (part.SkuId, Pieces: p.Quantity * part.Quantity, p.Listings)) : [(p.Sku.Id, p.Quantity, p.Listings)])
            .GroupBy(p => p.SkuId).ToDictionary(g => g.Key, g => (Pieces: g.Sum(p => p.Pieces), Listings: g.Sum(p => p.Listings)));
        var available = (await stock.PublishableAsync(promised.Keys, ct)).ToDictionary(p => p.SkuId, p => p.Available);
        var exposed = promised.Where(p => snapshot.Sku(p.Key) is not null)
            .Select(p => new ExposedSku(p.Key, snapshot.Sku(p.Key)!.Code, snapshot.Sku(p.Key)!.Name, available.GetValueOrDefault(p.Key), p.Value.Pieces, p.Value.Listings))
            .Where(e => e.Exposure > 0).OrderByDescending(e => e.Exposure).ThenBy(e => e.SkuCode, StringComparer.Ordinal).ToList();
        return new(exposed.Sum(e => e.Exposure), exposed.Count, [.. exposed.Take(most)]);
    }
}
