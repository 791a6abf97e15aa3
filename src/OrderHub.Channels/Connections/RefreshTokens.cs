using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Connections;

/// <summary>
/// Renews access tokens shortly before their end; how shortly, the platform says. One host at a time per shop, because a refresh token
/// often works once. A refusal stays visible as a token that is about to expire.
/// </summary>
internal sealed class RefreshTokens(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, AuditTrail audit, TimeProvider clock, ILogger<RefreshTokens> log)
{
    /// <param name="which">The shops whose platform is like this.</param>
    public async Task<JobReport> RunAsync(Func<PlatformAbilities, bool> which, CancellationToken ct)
    {
        var shops = await catalog.CurrentAsync(ct);
        var ending = await database.QueryAsync("select shop_id, token_expires_at from channels_connections where refresh_token_cipher is not null and token_expires_at is not null order by shop_id",
            r => (ShopId: r.GetInt32(0), EndsAt: r.GetFieldValue<DateTimeOffset>(1)), ct);
        var due = ending.Select(e => (Shop: shops.Shop(e.ShopId), e.EndsAt)).Where(e => e.Shop is { Active: true } && adapters.For(e.Shop.Kind).Abilities is var abilities
            && abilities.Can(PlatformActions.RefreshToken) && which(abilities) && e.EndsAt < clock.GetUtcNow() + abilities.RenewAhead).Select(e => e.Shop!).ToList();
        var renewed = 0;
        foreach (var shop in due)
        {
            try
            {
                if (await RenewAsync(shop, ct)) renewed++;
            }
            catch (Exception failure) when (failure is PlatformException or HttpRequestException)
            {
                log.LogWarning(failure, "The access token of shop {Shop} could not be renewed", shop.Code);
            }
        }
        return new(due.Count, renewed, due.Count - renewed);
    }

    /// <returns>False when another host is at it or was.</returns>
    /// <exception cref="PlatformException">The platform refused.</exception>
    public async Task<bool> RenewAsync(Shop shop, CancellationToken ct)
    {
        var adapter = adapters.For(shop.Kind);
        if (await connections.FindAsync(shop.Id, ct) is not { } connection) return false;
        await using var tx = await database.BeginAsync(ct);
        var locked = await tx.QueryAsync("select refresh_token_cipher from channels_connections where shop_id = $1 and refresh_token_cipher is not null and token_expires_at < $2 for update skip locked",
            r => r.GetString(0), ct, shop.Id, clock.GetUtcNow() + adapter.Abilities.RenewAhead);
        if (locked is not [var cipher]) return false;
        var fresh = await adapter.RefreshTokenAsync(connection, connections.Decrypt(cipher), ct);
        await tx.ExecuteAsync("""
            update channels_connections set access_token_cipher = $2, refresh_token_cipher = coalesce($3::text, refresh_token_cipher), token_expires_at = $4 where shop_id = $1
            """, ct, shop.Id, connections.Protect(fresh.AccessToken), fresh.RefreshToken is null ? null : connections.Protect(fresh.RefreshToken), fresh.ExpiresAt);
        await audit.WriteAsync(tx, Actor.System, "channels.refresh_token", shop.Code, null, null, new { fresh.ExpiresAt }, ct);
        await tx.CommitAsync(ct);
        connections.Forget();
        return true;
    }
}

/// <summary>Tokens that live for days: a refusal is asked again a quarter of an hour later.</summary>
internal sealed class RefreshTokensJob(RefreshTokens refresh) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    public Task<JobReport> RunAsync(CancellationToken ct) => refresh.RunAsync(abilities => abilities.RenewAhead > Every, ct);
}

/// <summary>Tokens that may be renewed in the last minutes of their life only.</summary>
internal sealed class RefreshBriefTokensJob(RefreshTokens refresh) : IJob
{
    public Task<JobReport> RunAsync(CancellationToken ct) => refresh.RunAsync(abilities => abilities.RenewAhead <= RefreshTokensJob.Every, ct);
}

internal static class TokenEnd
{
    private static readonly TimeSpan PeopleNeed = TimeSpan.FromDays(7);

    /// <summary>Somebody must act: a week before the end, or, where it renews by itself, when half of the time for that is gone without success.</summary>
    public static bool IsNear(PlatformAbilities abilities, bool hasRefreshToken, DateTimeOffset endsAt, DateTimeOffset now) =>
        endsAt - now <= (hasRefreshToken && abilities.Can(PlatformActions.RefreshToken) ? abilities.RenewAhead / 2 : PeopleNeed);
}
