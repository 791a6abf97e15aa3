using OrderHub.Platform.Accounts;

namespace OrderHub.Channels.Contracts;

/// <summary>Connects a shop to its platform. Secrets are encrypted at rest. Running it again replaces what changed. Opens its own transaction.</summary>
public interface IChannelSetup
{
    Task ConnectAsync(ConnectionImport connection, Actor actor, CancellationToken ct);

    /// <summary>Which platform SKUs this shop sells, so that stock can be published to them.</summary>
    Task ListAsync(string shopCode, IReadOnlyList<ListingImport> listings, Actor actor, CancellationToken ct);
}

/// <param name="PullEvery">Interval of the incremental pull.</param>
public sealed record ConnectionImport(string ShopCode, string BaseUrl, string AppKey, string AppSecret, string AccessToken, DateTimeOffset? TokenExpiresAt, TimeSpan PullEvery, string? RefreshToken = null);

public sealed record ListingImport(string SkuCode, string PlatformProductId, string PlatformSkuId);
