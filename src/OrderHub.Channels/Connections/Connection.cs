using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Channels.Connections;

/// <summary>How a shop reaches its platform. One row per shop; secrets are ciphertext (Data Protection).</summary>
internal sealed class Connection
{
    public int ShopId { get; init; }
    public string BaseUrl { get; private set; } = "";
    public string AppKey { get; private set; } = "";
    public string AppSecretCipher { get; private set; } = "";
    public string AccessTokenCipher { get; private set; } = "";

    /// <summary>Null where the platform gives none or it was not entered.</summary>
    public string? RefreshTokenCipher { get; private set; }
    public DateTimeOffset? TokenExpiresAt { get; private set; }

    /// <summary>A host is renewing the token until then at the latest; null = none is.</summary>
    public DateTimeOffset? RenewingUntil { get; private set; }
    public TimeSpan PullEvery { get; private set; }

    public void Replace(string baseUrl, string appKey, string appSecretCipher, string accessTokenCipher, string? refreshTokenCipher, DateTimeOffset? tokenExpiresAt, TimeSpan pullEvery) =>
        (BaseUrl, AppKey, AppSecretCipher, AccessTokenCipher, RefreshTokenCipher, TokenExpiresAt, PullEvery) =
        (baseUrl, appKey, appSecretCipher, accessTokenCipher, refreshTokenCipher, tokenExpiresAt, pullEvery);
}

internal sealed class ConnectionMapping : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> connection)
    {
        connection.ToTable("channels_connections", t => t.HasCheckConstraint("ck_channels_connections_pull_every", "pull_every > interval '0'"));
        connection.HasKey(x => x.ShopId);
        connection.Property(x => x.ShopId).ValueGeneratedNever();
        connection.HasIndex(x => x.AppKey);
    }
}
