using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Connections;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>The platform's authorisation is about to end and nothing renews it; from then on no order comes in and no shipment goes out.</summary>
internal sealed class TokenEnding(HubDatabase database, ICatalog catalog, PlatformAdapters adapters, TimeProvider clock) : IChannelCondition
{
    public string Kind => "channels.token";

    /// <summary>Goes on when the token has run out, which is told besides: renewing it ends both.</summary>
    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct)
    {
        var shops = await catalog.CurrentAsync(ct);
        return await Tokens.AsTroublesAsync(database, end => shops.Shop(end.ShopId) is { } shop && TokenEnd.IsNear(adapters.For(shop.Kind).Abilities, end.HasRefreshToken, end.At, clock.GetUtcNow()),
            "{0}：店铺授权即将到期", isCritical: false, ct);
    }
}

internal sealed class TokenExpired(HubDatabase database, TimeProvider clock) : IChannelCondition
{
    public string Kind => "channels.token_expired";

    public Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => Tokens.AsTroublesAsync(database, end => end.At <= clock.GetUtcNow(), "{0}：店铺授权已过期", isCritical: true, ct);
}

file sealed record TokenRow(int ShopId, DateTimeOffset At, bool HasRefreshToken);

file static class Tokens
{
    public static async Task<IReadOnlyList<ChannelTrouble>> AsTroublesAsync(HubDatabase database, Func<TokenRow, bool> which, string title, bool isCritical, CancellationToken ct) =>
        [.. (await database.QueryAsync("select shop_id, token_expires_at, refresh_token_cipher is not null from channels_connections where token_expires_at is not null order by shop_id",
            r => new TokenRow(r.GetInt32(0), r.GetFieldValue<DateTimeOffset>(1), r.GetBoolean(2)), ct)).Where(which)
            .Select(end => new ChannelTrouble(end.ShopId, "", title, [new("授权到期", AlertWords.Time(end.At))], null, AlertWords.Mark(end.At), isCritical))];
}
