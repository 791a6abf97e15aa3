using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>The platform's authorisation ends within a week; from then on no order comes in and no shipment goes out.</summary>
internal sealed class TokenEnding(HubDatabase database, TimeProvider clock) : IChannelCondition
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    public string Kind => "channels.token";

    /// <summary>Goes on when the token has run out, which is told besides: renewing it ends both.</summary>
    public Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => Tokens.AsTroublesAsync(database, clock.GetUtcNow() + Ahead, "{0}：店铺授权即将到期", isCritical: false, ct);
}

internal sealed class TokenExpired(HubDatabase database, TimeProvider clock) : IChannelCondition
{
    public string Kind => "channels.token_expired";

    public Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => Tokens.AsTroublesAsync(database, clock.GetUtcNow(), "{0}：店铺授权已过期", isCritical: true, ct);
}

file static class Tokens
{
    public static async Task<IReadOnlyList<ChannelTrouble>> AsTroublesAsync(HubDatabase database, DateTimeOffset before, string title, bool isCritical, CancellationToken ct) => await database.QueryAsync(
        "select shop_id, token_expires_at from channels_connections where token_expires_at <= $1 order by shop_id",
        r => new ChannelTrouble(r.GetInt32(0), "", title, [new("授权到期", AlertWords.Time(r.GetFieldValue<DateTimeOffset>(1)))], null, AlertWords.Mark(r.GetFieldValue<DateTimeOffset>(1)), isCritical), ct, before);
}
