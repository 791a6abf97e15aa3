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
/// token often works once. A refusal stays visible as a token that is about to expire.
/// </summary>
internal sealed class RefreshTokensJob(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, AuditTrail audit, TimeProvider clock,
    ILogger<RefreshTokensJob> log) : IJob
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(23);

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
        await using var tx = await database.BeginAsync(ct);
        var locked = await tx.QueryAsync("select refresh_token_cipher from channels_connections where shop_id = $1 and token_expires_at < $2 for update skip locked", r => r.GetString(0), ct,
            shopId, clock.GetUtcNow() + Ahead);
        if (locked is not [var cipher]) return false; // another host is at it or was
        var fresh = await adapters.For(shop.Kind).RefreshTokenAsync(connection, connections.Decrypt(cipher), ct);
        await tx.ExecuteAsync("""
            update channels_connections set access_token_cipher = $2, refresh_token_cipher = coalesce($3::text, refresh_token_cipher), token_expires_at = $4 where shop_id = $1
            """, ct, shopId, connections.Protect(fresh.AccessToken), fresh.RefreshToken is null ? null : connections.Protect(fresh.RefreshToken), fresh.ExpiresAt);
        await audit.WriteAsync(tx, Actor.System, "channels.refresh_token", shop.Code, null, null, new { fresh.ExpiresAt }, ct);
        await tx.CommitAsync(ct);
        return true;
    }
}
