using System.Text.RegularExpressions;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Connections;

/// <summary>A shop with its keys, as typed in. Empty secrets keep what is stored.</summary>
internal sealed record SaveConnection
{
    public string ShopCode { get; set; } = "";
    public string ShopName { get; set; } = "";
    public ShopKind Kind { get; set; } = ShopKind.Taobao;
    public LockPolicy LockPolicy { get; set; } = LockPolicy.OnPayment;

    /// <summary>How long unpaid orders keep their stock, in hours.</summary>
    public int UnpaidHoldHours { get; set; } = 72;
    public string BaseUrl { get; set; } = "";
    public string AppKey { get; set; } = "";
    public string AppSecret { get; set; } = "";
    public string AccessToken { get; set; } = "";
    public string RefreshToken { get; set; } = "";
    public DateTimeOffset? TokenExpiresAt { get; set; }
    public TimeSpan PullEvery { get; set; } = TimeSpan.FromMinutes(10);
}

internal sealed partial class SaveConnectionHandler(HubDatabase database, ICatalog catalog, ICatalogImport shops, IChannelSetup setup, ShopConnections connections, CurrentActor current)
{
    /// <returns>What is stored, without secrets; null for a shop that is unknown.</returns>
    public async Task<SaveConnection?> FindAsync(string shopCode, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(shopCode) is not { } shop) return null;
        var form = new SaveConnection { ShopCode = shop.Code, ShopName = shop.Name, Kind = shop.Kind, LockPolicy = shop.LockPolicy, UnpaidHoldHours = shop.UnpaidHoldHours };
        var stored = await database.QueryAsync("select base_url, app_key, token_expires_at, pull_every from channels_connections where shop_id = $1",
            r => (Url: r.GetString(0), Key: r.GetString(1), Expires: r.Nullable<DateTimeOffset>(2), Every: r.GetFieldValue<TimeSpan>(3)), ct, shop.Id);
        return stored is [var known] ? form with { BaseUrl = known.Url, AppKey = known.Key, TokenExpiresAt = known.Expires, PullEvery = known.Every } : form;
    }

    public async Task<Result> HandleAsync(SaveConnection command, CancellationToken ct)
    {
        var form = command with { ShopCode = command.ShopCode.Trim(), ShopName = command.ShopName.Trim(), BaseUrl = command.BaseUrl.Trim(), AppKey = command.AppKey.Trim() };
        if (!Code().IsMatch(form.ShopCode)) return ChannelErrors.BadShopCode;
        // a platform on this very machine is a played one; anything else must not carry keys in the clear
        if (!Uri.TryCreate(form.BaseUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)) return ChannelErrors.BadAddress;
        var shop = (await catalog.CurrentAsync(ct)).ShopByCode(form.ShopCode);
        if (shop is not null && shop.Kind != form.Kind) return ChannelErrors.KindIsFixed(form.ShopCode);
        var secrets = shop is null ? [] : await database.QueryAsync("select app_secret_cipher, access_token_cipher, refresh_token_cipher from channels_connections where shop_id = $1",
            r => (Secret: connections.Decrypt(r.GetString(0)), Access: connections.Decrypt(r.GetString(1)), Refresh: r.Text(2) is { } cipher ? connections.Decrypt(cipher) : null), ct, shop.Id);
        var known = secrets.FirstOrDefault();
        var appSecret = Entered(form.AppSecret) ?? known.Secret;
        if (form.ShopName.Length == 0 || form.AppKey.Length == 0 || string.IsNullOrEmpty(appSecret)) return ChannelErrors.ConnectionIncomplete;

        await shops.UpsertShopsAsync([new(form.ShopCode, form.ShopName, form.Kind, form.LockPolicy, form.UnpaidHoldHours, shop?.PlatformFeeBasisPoints ?? 0)], current.Actor, ct);
        await setup.ConnectAsync(new(form.ShopCode, form.BaseUrl, form.AppKey, appSecret, Entered(form.AccessToken) ?? known.Access ?? "", form.TokenExpiresAt, form.PullEvery, Entered(form.RefreshToken) ?? known.Refresh),
            current.Actor, ct);
        return Result.Ok;
    }

    private static string? Entered(string secret) => secret.Trim() is { Length: > 0 } entered ? entered : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,31}$")]
    private static partial Regex Code();
}
