using System.Text.RegularExpressions;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
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

    /// <summary>How long after the payment an order leaves at the latest, in hours, where the platform gives no deadline.</summary>
    public int ShipHours { get; set; } = Shop.UsualShipHours;
    public string BaseUrl { get; set; } = "";
    public string AppKey { get; set; } = "";
    public string AppSecret { get; set; } = "";
    public string AccessToken { get; set; } = "";
    public string RefreshToken { get; set; } = "";
    public DateTimeOffset? TokenExpiresAt { get; set; }
    public TimeSpan PullEvery { get; set; } = TimeSpan.FromMinutes(10);
}

internal sealed partial class SaveConnectionHandler(HubDatabase database, ICatalog catalog, ICatalogImport shops, IChannelSetup setup, FormSecrets secrets, PlatformAdapters adapters, RefreshTokens refresh,
    TimeProvider clock, CurrentActor current)
{
    /// <returns>What is stored, without secrets; null for a shop that is unknown.</returns>
    public async Task<SaveConnection?> FindAsync(string shopCode, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(shopCode) is not { } shop) return null;
        var form = new SaveConnection { ShopCode = shop.Code, ShopName = shop.Name, Kind = shop.Kind, LockPolicy = shop.LockPolicy, UnpaidHoldHours = shop.UnpaidHoldHours, ShipHours = shop.ShipHours };
        var stored = await database.QueryAsync("select base_url, app_key, token_expires_at, pull_every from channels_connections where shop_id = $1",
            r => (Url: r.GetString(0), Key: r.GetString(1), Expires: r.Nullable<DateTimeOffset>(2), Every: r.GetFieldValue<TimeSpan>(3)), ct, shop.Id);
        return stored is [var known] ? form with { BaseUrl = known.Url, AppKey = known.Key, TokenExpiresAt = known.Expires, PullEvery = known.Every } : form;
    }

    public async Task<Result> HandleAsync(SaveConnection command, CancellationToken ct)
    {
        var form = command with { ShopCode = command.ShopCode.Trim(), ShopName = command.ShopName.Trim(), BaseUrl = command.BaseUrl.Trim(), AppKey = command.AppKey.Trim() };
        if (!Code().IsMatch(form.ShopCode)) return ChannelErrors.BadShopCode;
        if (AddressOf(form) is null) return ChannelErrors.BadAddress;
        var shop = (await catalog.CurrentAsync(ct)).ShopByCode(form.ShopCode);
        if (shop is not null && shop.Kind != form.Kind) return ChannelErrors.KindIsFixed(form.ShopCode);
        var renewsWith = adapters.For(form.Kind).Abilities.RenewsWith;
        var merged = await secrets.MergeAsync(form, shop?.Id, renewsWith, ct);
        if (form.ShopName.Length == 0 || form.AppKey.Length == 0 || merged.AppSecret.Length == 0) return ChannelErrors.ConnectionIncomplete;

        var fetches = renewsWith is not null && (merged.AccessToken.Length == 0 || form.TokenExpiresAt is null || FormSecrets.Entered(form.AppSecret) is not null);
        await shops.UpsertShopsAsync([new(form.ShopCode, form.ShopName, form.Kind, form.LockPolicy, form.UnpaidHoldHours, shop?.PlatformFeeBasisPoints ?? 0) { ShipHours = Math.Clamp(form.ShipHours, 1, 720) }], current.Actor, ct);
        await setup.ConnectAsync(new(form.ShopCode, form.BaseUrl, form.AppKey, merged.AppSecret, merged.AccessToken, fetches ? clock.GetUtcNow() : form.TokenExpiresAt, form.PullEvery, merged.RefreshToken),
            current.Actor, ct);
        return fetches ? await FetchTokenAsync(form.ShopCode, ct) : Result.Ok;
    }

    /// <summary>A platform on this very machine is a played one; anything else must not carry keys in the clear.</summary>
    public static Uri? AddressOf(SaveConnection form) =>
        Uri.TryCreate(form.BaseUrl.Trim(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url is { IsLoopback: true, Scheme: "http" }) ? url : null;

    /// <summary>The first token, at once; the connection is stored either way and the job goes on asking.</summary>
    private async Task<Result> FetchTokenAsync(string shopCode, CancellationToken ct)
    {
        var shop = (await catalog.CurrentAsync(ct)).ShopByCode(shopCode)!;
        try
        {
            await refresh.RenewAsync(shop, ct);
            return Result.Ok;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && (failure is PlatformException || ShopCircuits.IsOutage(failure)))
        {
            var words = TransientErrors.Describe(failure);
            return ChannelErrors.NoToken(PlatformTrouble.Category(words), words);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,31}$")]
    private static partial Regex Code();
}
