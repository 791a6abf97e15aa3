using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Adapters;

/// <summary>
/// One platform's protocol: signing, paging, error meaning, and the mapping to our shapes. No database, no retries (the caller's
/// pipeline retries what is transient). A new platform = one folder with one of these.
/// </summary>
internal interface IPlatformAdapter
{
    ShopKind Kind { get; }
    PlatformAbilities Abilities { get; }

    /// <summary>
    /// The document's version is a modification time in whole seconds, so two changes may share it (placed and paid, asked and refunded):
    /// then the later status counts as newer. False where the platform numbers its versions.
    /// </summary>
    bool VersionIsTime => true;

    /// <summary>
    /// Raw orders modified in [from, until), in the platform's safe page order, details fetched where the list lacks fields.
    /// The window is at most <see cref="PlatformAbilities.MaxWindow"/> long.
    /// </summary>
    /// <param name="known">Where each order costs a call of its own, those known already are left out; adapters whose list is complete do not ask.</param>
    IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct);

    Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct);

    IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>Pure. A payload that can't be read throws <see cref="UnreadablePayloadException"/> with a reason for people.</summary>
    IncomingOrder MapOrder(int shopId, RawDocument raw);

    /// <summary>Pure, like <see cref="MapOrder"/>.</summary>
    IncomingRefund MapRefund(int shopId, RawDocument raw);

    /// <summary>Already shipped with the same waybill counts as done.</summary>
    Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct);

    /// <summary>Sets the absolute quantity a buyer may see.</summary>
    Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct);
}

/// <summary>Which of these are here already in just that version; their external ids.</summary>
internal delegate Task<IReadOnlySet<string>> KnownDocuments(IReadOnlyCollection<(string ExternalId, long Version)> listed, CancellationToken ct);

/// <param name="MaxWindow">Longest modified-time window one pull may ask for.</param>
/// <param name="Overlap">How far back each pull looks again: at least the platform's clock skew.</param>
/// <param name="Lag">The window must end this long before now (0 where the platform does not ask for it).</param>
/// <param name="CallsPerSecond">Budget per shop.</param>
internal sealed record PlatformAbilities(TimeSpan MaxWindow, TimeSpan Overlap, TimeSpan Lag, double CallsPerSecond, bool SplitShipment, bool UnpaidVisible);

/// <summary>Where and as whom we talk. Secrets are decrypted for the call and never logged.</summary>
/// <param name="BaseUrl">Root of the platform's documented path (<c>/router/rest</c> …); a URL that already ends in that path is taken as it is.</param>
internal sealed record ShopConnection(int ShopId, string ShopCode, ShopKind Kind, Uri BaseUrl, string AppKey, string AppSecret, string AccessToken);

/// <summary>A payload exactly as the platform sent it, and what the inbox needs to know without understanding it.</summary>
/// <param name="ExternalId">Order or refund number; empty when not even that can be read.</param>
/// <param name="Version">Modification time in Unix milliseconds, or the platform's own version.</param>
internal sealed record RawDocument(string ExternalId, long Version, string Json);

/// <param name="PlatformLineNos">What is in the parcel; empty = everything that is still to ship.</param>
internal sealed record ShipmentNotice(string PlatformOrderNo, string CourierCode, string WaybillNo, IReadOnlyList<string> PlatformLineNos);

internal sealed record Listing(string PlatformProductId, string PlatformSkuId, string MerchantCode);

internal sealed class UnreadablePayloadException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>The platform said no. Business errors are never retried; transient ones are.</summary>
internal sealed class PlatformException(string code, string message, bool isTransient, TimeSpan? retryAfter = null, Exception? inner = null) : Exception($"{code}: {message}", inner)
{
    public string Code => code;
    public bool IsTransient => isTransient;
    public TimeSpan? RetryAfter => retryAfter;
}
