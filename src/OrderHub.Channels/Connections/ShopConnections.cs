using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Connections;

/// <summary>
/// Connections as the adapters need them: secrets decrypted, configuration (<c>OrderHub:Channels:&lt;kind&gt;:BaseUrl</c>, AppKey, AppSecret,
/// AccessToken) winning over what is stored. Kept for a few seconds, because every push reads them.
/// </summary>
internal sealed class ShopConnections(HubDatabase database, ICatalog catalog, IDataProtectionProvider protection, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly IDataProtector _protector = protection.CreateProtector("OrderHub.Channels.Secrets");
    private volatile Loaded? _loaded;

    private const int PromoAtOnce = 16;

    private sealed record StoredConnection(int ShopId, string BaseUrl, string AppKey, string AppSecretCipher, string AccessTokenCipher, bool IsPromo);
    private sealed record Loaded(IReadOnlyDictionary<int, StoredConnection> ByShop, DateTimeOffset At)
    {
        public ConcurrentDictionary<int, ShopConnection> Opened { get; } = new();
    }

    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Drops what is remembered; other hosts follow within five seconds.</summary>
    public void Forget() => _loaded = null;

    /// <returns>Null when the shop is unknown, inactive or not connected.</returns>
    /// <exception cref="PlatformException">The stored secrets cannot be decrypted with this installation's keys.</exception>
    public async Task<ShopConnection?> FindAsync(int shopId, CancellationToken ct)
    {
        var shop = (await catalog.CurrentAsync(ct)).Shop(shopId);
        if (shop is not { Active: true }) return null;
        var loaded = await LoadAsync(ct);
        return loaded.ByShop.TryGetValue(shopId, out var stored) ? loaded.Opened.GetOrAdd(shopId, _ => Open(shop, stored)) : null;
    }

    public async Task<IReadOnlyList<ShopConnection>> OfKindAsync(ShopKind kind, CancellationToken ct) => await OfKindAsync(kind, _ => true, ct);

    /// <summary>Shops of one kind whose app id is this one.</summary>
    public async Task<IReadOnlyList<ShopConnection>> OfAppAsync(ShopKind kind, string appKey, CancellationToken ct) => await OfKindAsync(kind, key => key == appKey, ct);

    private async Task<IReadOnlyList<ShopConnection>> OfKindAsync(ShopKind kind, Func<string, bool> hasAppKey, CancellationToken ct)
    {
        var shops = (await catalog.CurrentAsync(ct)).Shops.Where(s => s.Active && s.Kind == kind);
        var connections = (await LoadAsync(ct)).ByShop;
        return [.. shops.Where(s => connections.ContainsKey(s.Id) && hasAppKey(AppKeyOf(s.Kind, connections[s.Id]))).Select(s => Open(s, connections[s.Id]))];
    }

    private ShopConnection Open(Shop shop, StoredConnection stored) => new(shop.Id, shop.Code, shop.Kind,
        new Uri(Override(shop.Kind, "BaseUrl") ?? stored.BaseUrl), AppKeyOf(shop.Kind, stored),
        Override(shop.Kind, "AppSecret") ?? Decrypt(stored.AppSecretCipher), Override(shop.Kind, "AccessToken") ?? Decrypt(stored.AccessTokenCipher))
    {
        AtOnce = stored.IsPromo ? PromoAtOnce : 6,
    };

    private string AppKeyOf(ShopKind kind, StoredConnection stored) => Override(kind, "AppKey") ?? stored.AppKey;

    private string? Override(ShopKind kind, string key) =>
        configuration[$"OrderHub:Channels:{kind.ToString().ToLowerInvariant()}:{key}"] is { Length: > 0 } value ? value : null;

    /// <exception cref="PlatformException">Not by this installation's keys.</exception>
    public string Decrypt(string cipher)
    {
        try
        {
            return _protector.Unprotect(cipher);
        }
        catch (CryptographicException lost)
        {
            throw new PlatformException("channels.secret_unreadable", "店铺密钥无法解密，请重新连接店铺", isTransient: false, inner: lost);
        }
    }

    private async Task<Loaded> LoadAsync(CancellationToken ct)
    {
        if (_loaded is { } known && clock.GetUtcNow() - known.At < Fresh) return known;
        var rows = await database.QueryAsync("""
            select shop_id, base_url, app_key, app_secret_cipher, access_token_cipher, exists (select from channels_promo where ends_at > $1) from channels_connections
            """, r => new StoredConnection(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetBoolean(5)), ct, clock.GetUtcNow());
        return _loaded = new(rows.ToDictionary(r => r.ShopId), clock.GetUtcNow());
    }
}
