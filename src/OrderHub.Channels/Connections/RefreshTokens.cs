using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Connections;

/// <summary>
/// Renews access tokens that end within a day; some platforms refuse to renew earlier. One host at a time per shop, because a refresh
/// token often works once: it claims the shop for a while, asks without a transaction open, and writes only if nobody entered other keys
/// meanwhile. A refusal stays visible as a token that is about to expire.
/// </summary>
internal sealed class RefreshTokensJob(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, AuditTrail audit, TimeProvider clock,
    ILogger<RefreshTokensJob> log) : IJob
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(23);

    /// <summary>Longer than a call takes with all its attempts; a host that dies with a claim holds it no longer.</summary>
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(3);

    private sealed record Claim(string Cipher, DateTimeOffset Until);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var due = await database.QueryAsync("select shop_id from channels_connections where refresh_token_cipher is not null and token_expires_at < $1 order by shop_id",
            r => r.GetInt32(0), ct, clock.GetUtcNow() + Ahead);
        var renewed = 0;
        foreach (var shopId in due)
        {
            try
            {
                if (await RenewAsync(shopId, ct)) renewed++;
            }
            catch (Exception failure) when (failure is PlatformException or HttpRequestException)
            {
                log.LogWarning(failure, "The access token of shop {ShopId} could not be renewed", shopId);
            }
        }
        if (renewed > 0) connections.Forget();
        return new(due.Count, renewed, due.Count - renewed);
    }

    private async Task<bool> RenewAsync(int shopId, CancellationToken ct)
    {
        var shop = (await catalog.CurrentAsync(ct)).Shop(shopId);
        if (shop is not { Active: true } || !adapters.For(shop.Kind).Abilities.Can(PlatformActions.RefreshToken) || await connections.FindAsync(shopId, ct) is not { } connection) return false;
        if (await ClaimAsync(shopId, ct) is not { } claim) return false;
        try
        {
            var old = connections.Decrypt(claim.Cipher);
            var fresh = await adapters.For(shop.Kind).RefreshTokenAsync(connection, old, ct);
            // the old one may be worth nothing any more: what the platform gave is kept even if this host is told to stop
            return await database.RunAsync(tx => KeepAsync(tx, shop, old, fresh, CancellationToken.None), CancellationToken.None);
        }
        finally
        {
            await database.RunAsync(tx => tx.ExecuteAsync("update channels_connections set renewing_until = null where shop_id = $1 and renewing_until = $2", CancellationToken.None, shopId, claim.Until),
                CancellationToken.None);
        }
    }

    /// <returns>Null when another host is at it or was.</returns>
    private async Task<Claim?> ClaimAsync(int shopId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await database.QueryAsync("""
            update channels_connections set renewing_until = $3
             where shop_id = $1 and token_expires_at < $2 and refresh_token_cipher is not null and coalesce(renewing_until < $4, true) returning refresh_token_cipher, renewing_until
            """, r => new Claim(r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), ct, shopId, now + Ahead, now + ClaimedFor, now)).FirstOrDefault();
    }

    /// <returns>False when other keys were entered while the platform was asked; those win.</returns>
    private async Task<bool> KeepAsync(HubTransaction tx, Shop shop, string old, FreshToken fresh, CancellationToken ct)
    {
        var stored = await tx.QueryAsync("select refresh_token_cipher from channels_connections where shop_id = $1 for update", r => r.Text(0), ct, shop.Id);
        if (stored is not [{ } cipher] || connections.Decrypt(cipher) != old) return false;
        await tx.ExecuteAsync("""
            update channels_connections set access_token_cipher = $2, refresh_token_cipher = coalesce($3::text, refresh_token_cipher), token_expires_at = $4 where shop_id = $1
            """, ct, shop.Id, connections.Protect(fresh.AccessToken), fresh.RefreshToken is null ? null : connections.Protect(fresh.RefreshToken), fresh.ExpiresAt);
        await audit.WriteAsync(tx, Actor.System, "channels.refresh_token", shop.Code, null, null, new { fresh.ExpiresAt }, ct);
        return true;
    }
}
