using OrderHub.Platform.Data;

namespace OrderHub.Channels.Connections;

/// <param name="RefreshToken">Null where there is none.</param>
internal sealed record ConnectionSecrets(string AppSecret, string AccessToken, string? RefreshToken);

/// <summary>What was typed into the form, and what is stored where nothing was typed.</summary>
internal sealed class FormSecrets(HubDatabase database, ShopConnections connections)
{
    /// <param name="shopId">Null for a shop that is new.</param>
    /// <param name="renewsWith">Stands in place of a refresh token, see <see cref="Adapters.PlatformAbilities.RenewsWith"/>.</param>
    public async Task<ConnectionSecrets> MergeAsync(SaveConnection form, int? shopId, string? renewsWith, CancellationToken ct)
    {
        var stored = shopId is null ? [] : await database.QueryAsync("select app_secret_cipher, access_token_cipher, refresh_token_cipher from channels_connections where shop_id = $1",
            r => new ConnectionSecrets(connections.Decrypt(r.GetString(0)), connections.Decrypt(r.GetString(1)), r.Text(2) is { } cipher ? connections.Decrypt(cipher) : null), ct, shopId);
        var known = stored.FirstOrDefault();
        return new(Entered(form.AppSecret) ?? known?.AppSecret ?? "", Entered(form.AccessToken) ?? known?.AccessToken ?? "", renewsWith ?? Entered(form.RefreshToken) ?? known?.RefreshToken);
    }

    public static string? Entered(string secret) => secret.Trim() is { Length: > 0 } entered ? entered : null;
}
