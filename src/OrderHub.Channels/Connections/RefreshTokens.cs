using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Connections;

/// <summary>
/// Renews access tokens shortly before their end; how shortly, the platform says. One host at a time per shop, because a refresh token
/// often works once: it claims the shop for a while, asks without a transaction open, and writes only if nobody entered other keys
/// meanwhile. A refusal stays visible as a token that is about to expire.
/// </summary>
internal sealed class RefreshTokens(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, DeliveryQueue deliveries, AuditTrail audit, TimeProvider clock, ILogger<RefreshTokens> log)
{
    /// <summary>Longer than a call takes with all its attempts; a host that dies with a claim holds it no longer.</summary>
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(3);

    private sealed record Claim(string GrantCipher, string SecretCipher, DateTimeOffset Until);

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
        if (await connections.FindAsync(shop.Id, ct) is not { } connection || await ClaimAsync(shop.Id, adapter.Abilities.RenewAhead, ct) is not { } claim) return false;
        try
        {
            var fresh = await adapter.RefreshTokenAsync(connection, connections.Decrypt(claim.GrantCipher), ct);
            // the old one may be worth nothing any more: what the platform gave is kept even if this host is told to stop
            var kept = await database.RunAsync(tx => KeepAsync(tx, shop, claim, fresh, CancellationToken.None), CancellationToken.None);
            connections.Forget();
            return kept;
        }
        finally
        {
            await database.RunAsync(tx => tx.ExecuteAsync("update channels_connections set renewing_until = null where shop_id = $1 and renewing_until = $2", CancellationToken.None, shop.Id, claim.Until),
                CancellationToken.None);
        }
    }

    /// <returns>Null when another host is at it or was.</returns>
    private async Task<Claim?> ClaimAsync(int shopId, TimeSpan ahead, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await database.QueryAsync("""
            update channels_connections set renewing_until = $3
             where shop_id = $1 and token_expires_at < $2 and refresh_token_cipher is not null and coalesce(renewing_until < $4, true)
            returning refresh_token_cipher, app_secret_cipher, renewing_until
            """, r => new Claim(r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), ct, shopId, now + ahead, now + ClaimedFor, now)).FirstOrDefault();
    }

    /// <returns>False when other keys were entered while the platform was asked; those win.</returns>
    private async Task<bool> KeepAsync(HubTransaction tx, Shop shop, Claim claim, FreshToken fresh, CancellationToken ct)
    {
        var stored = await tx.QueryAsync("select refresh_token_cipher, app_secret_cipher from channels_connections where shop_id = $1 for update", r => (Grant: r.Text(0), Secret: r.GetString(1)), ct, shop.Id);
        if (stored is not [{ Grant: { } grant } now] || !IsSame(grant, claim.GrantCipher) || !IsSame(now.Secret, claim.SecretCipher)) return false;
        await tx.ExecuteAsync("""
            update channels_connections set access_token_cipher = $2, refresh_token_cipher = coalesce($3::text, refresh_token_cipher), token_expires_at = $4 where shop_id = $1
            """, ct, shop.Id, connections.Protect(fresh.AccessToken), fresh.RefreshToken is null ? null : connections.Protect(fresh.RefreshToken), fresh.ExpiresAt);
        await deliveries.HurryAsync(tx, shop.Id, ct);
        await audit.WriteAsync(tx, Actor.System, "channels.refresh_token", shop.Code, null, null, new { fresh.ExpiresAt }, ct);
        return true;
    }

    /// <summary>The same text is another cipher each time it is stored.</summary>
    private bool IsSame(string one, string other) => one == other || connections.Decrypt(one) == connections.Decrypt(other);
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
