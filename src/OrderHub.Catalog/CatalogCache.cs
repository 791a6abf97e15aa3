using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Catalog;

/// <summary>Asks for the version at most once a second and reads everything again when it grew.</summary>
internal sealed class CatalogCache(HubDatabase database, TimeProvider clock) : ICatalog
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Entry? _current;

    private sealed record Entry(CatalogSnapshot Snapshot, long Version, long CheckedAt);

    public ValueTask<CatalogSnapshot> CurrentAsync(CancellationToken ct) =>
        _current is { } entry && clock.GetElapsedTime(entry.CheckedAt) < CheckEvery ? new(entry.Snapshot) : new(RefreshAsync(ct));

    /// <summary>After a change of our own, which must not wait for the next look. A read under way may be older than the change, so it is let finish first.</summary>
    public async Task ForgetAsync()
    {
        await _loading.WaitAsync(CancellationToken.None);
        _current = null;
        _loading.Release();
    }

    private async Task<CatalogSnapshot> RefreshAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            var entry = _current;
            if (entry is not null && clock.GetElapsedTime(entry.CheckedAt) < CheckEvery) return entry.Snapshot;
            var version = (await database.QueryAsync("select version from catalog_version where id = 1", r => r.GetInt64(0), ct))[0];
            var snapshot = entry?.Version == version ? entry.Snapshot : await LoadAsync(ct);
            _current = new Entry(snapshot, version, clock.GetTimestamp());
            return snapshot;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<CatalogSnapshot> LoadAsync(CancellationToken ct)
    {
        var parts = (await database.QueryAsync("select kit_sku_id, part_sku_id, quantity from catalog_kit_parts order by 1, 2",
            r => (Kit: r.GetInt32(0), Part: new KitPart(r.GetInt32(1), r.GetInt32(2))), ct)).ToLookup(p => p.Kit, p => p.Part);
        var skus = await database.QueryAsync("select id, code, name, spec, category, barcode, weight_grams, cost_fen, floor_price_fen, picture_url, volume_cm3 from catalog_skus",
            r => new Sku(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), r.GetInt64(7), r.GetInt64(8), r.Text(9),
                [.. parts[r.GetInt32(0)]]) { VolumeCm3 = r.GetInt32(10) }, ct);
        var shops = await database.QueryAsync("select id, code, name, kind, lock_policy, unpaid_hold_hours, platform_fee_basis_points, active, ship_hours from catalog_shops",
            r => new Shop(r.GetInt32(0), r.GetString(1), r.GetString(2), (ShopKind)r.GetInt32(3), (LockPolicy)r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetBoolean(7)) { ShipHours = r.GetInt32(8) }, ct);
        var mappings = await database.QueryAsync("select shop_id, platform_sku_id, sku_id from catalog_platform_skus",
            r => (r.GetInt32(0), r.GetString(1), r.GetInt32(2)), ct);
        return new CatalogSnapshot(skus, shops, mappings);
    }
}
