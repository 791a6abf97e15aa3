using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Inbox;
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

    /// <summary>Several quantities, at most <see cref="PlatformAbilities.StockBatch"/>; where that is more than one, in one call. A refused one never stops the others.</summary>
    /// <returns>In the sequence given: what the platform refused it with, or null for taken. An outage of all is thrown.</returns>
    async Task<IReadOnlyList<PlatformException?>> SetStocksAsync(ShopConnection shop, IReadOnlyList<StockLevel> levels, CancellationToken ct)
    {
        var refused = new PlatformException?[levels.Count];
        for (var i = 0; i < levels.Count; i++)
        {
            try
            {
                await SetStockAsync(shop, levels[i].Listing, levels[i].Quantity, ct);
            }
            catch (PlatformException refusal) when (!refusal.IsTransient)
            {
                refused[i] = refusal;
            }
        }
        return refused;
    }

    // What follows is called only where the platform table declares the action; the rest never gets here.

    /// <summary><see cref="PlatformActions.ListCreated"/>: every order created in [from, until), read by another way than the incremental pull; the proof of completeness.</summary>
    IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => throw Undeclared(nameof(ListCreatedAsync));

    /// <summary><see cref="PlatformActions.FetchRefund"/>: one refund; null when the platform does not know it.</summary>
    Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct) => throw Undeclared(nameof(FetchRefundAsync));

    /// <summary><see cref="PlatformActions.Memo"/>: replaces the seller's memo and flag (0–5 as in <see cref="IncomingOrder.SellerFlag"/>).</summary>
    Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) => throw Undeclared(nameof(SetMemoAsync));

    /// <summary><see cref="PlatformActions.AnswerRefund"/>: agrees to or refuses an asked refund. The same answer again counts as done.</summary>
    Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct) => throw Undeclared(nameof(AnswerRefundAsync));

    /// <summary><see cref="PlatformActions.ReadStock"/>: what buyers see now, in the order asked; null for a listing the platform does not know.</summary>
    Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) => throw Undeclared(nameof(ReadStockAsync));

    /// <summary><see cref="PlatformActions.RefreshToken"/>: a new access token for the refresh token.</summary>
    Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct) => throw Undeclared(nameof(RefreshTokenAsync));

    /// <summary><see cref="PlatformActions.Messages"/>: what the platform's message queue holds, at least once each; news only, the object is fetched.</summary>
    Task<IReadOnlyList<PlatformMessage>> TakeMessagesAsync(ShopConnection shop, CancellationToken ct) => throw Undeclared(nameof(TakeMessagesAsync));

    /// <summary>Those messages are stored here and need not come again.</summary>
    Task ConfirmMessagesAsync(ShopConnection shop, IReadOnlyList<PlatformMessage> messages, CancellationToken ct) => throw Undeclared(nameof(ConfirmMessagesAsync));

    private NotSupportedException Undeclared(string action) => new($"{Kind} does not declare {action}.");
}

/// <summary>Which of these are here already in just that version; their external ids.</summary>
internal delegate Task<IReadOnlySet<string>> KnownDocuments(IReadOnlyCollection<(string ExternalId, long Version)> listed, CancellationToken ct);

/// <summary>Where and as whom we talk. Secrets are decrypted for the call and never logged.</summary>
/// <param name="BaseUrl">Root of the platform's documented path (<c>/router/rest</c> …); a URL that already ends in that path is taken as it is.</param>
internal sealed record ShopConnection(int ShopId, string ShopCode, ShopKind Kind, Uri BaseUrl, string AppKey, string AppSecret, string AccessToken)
{
    /// <summary>Calls side by side where an adapter fetches details one by one; the platform's budget holds in any case.</summary>
    public int AtOnce { get; init; } = 6;
}

/// <summary>A payload exactly as the platform sent it, and what the inbox needs to know without understanding it.</summary>
/// <param name="ExternalId">Order or refund number; empty when not even that can be read.</param>
/// <param name="Version">Modification time in Unix milliseconds, or the platform's own version.</param>
internal sealed record RawDocument(string ExternalId, long Version, string Json);

/// <param name="PlatformLineNos">What is in the parcel; empty = everything that is still to ship.</param>
internal sealed record ShipmentNotice(string PlatformOrderNo, string CourierCode, string WaybillNo, IReadOnlyList<string> PlatformLineNos)
{
    /// <summary>The order's further parcels, for a platform of <see cref="SplitAbility.Waybills"/>.</summary>
    public IReadOnlyList<(string CourierCode, string WaybillNo)> Others { get; init; } = [];
}

/// <param name="PayFen">What the buyer pays or paid in all; null where this list does not tell it.</param>
internal sealed record ListedOrder(string PlatformOrderNo, DateTimeOffset CreatedAt, long? PayFen)
{
    /// <summary>As <see cref="IncomingOrder.Version"/>; null where this list does not tell it or it can't be read.</summary>
    public long? Version { get; init; }

    /// <summary>Null where this list does not tell it or it can't be read: then the details say what is wrong.</summary>
    public PlatformStatus? Status { get; init; }

    /// <summary>When it last changed there; null where this list does not tell it.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <param name="version">A modification time in Unix milliseconds.</param>
    public ListedOrder As(JsonReading order, Func<JsonReading, long> version, Func<JsonReading, PlatformStatus> status)
    {
        var modified = RawDocuments.Try<long?>(order, o => version(o));
        return this with { Version = modified, Status = RawDocuments.Try<PlatformStatus?>(order, o => status(o)), ModifiedAt = modified is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null };
    }
}

/// <param name="AmountFen">Agreed amount; what was applied for, unless the platform lets the seller change it.</param>
/// <param name="Version">The refund's version as we know it: an answer to an older one is refused where the platform checks it.</param>
internal sealed record RefundAnswer(string RefundNo, string PlatformOrderNo, RefundKind Kind, bool Agree, long AmountFen, string Reason, long Version);

/// <param name="RefreshToken">Null: the old one stays valid.</param>
internal sealed record FreshToken(string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt);

/// <param name="Id">The platform's own; the same message again has the same id.</param>
/// <param name="Subject">Order or refund number.</param>
internal sealed record PlatformMessage(string Id, DocumentKind Kind, string Subject);

internal sealed record StockLevel(Listing Listing, int Quantity);

internal sealed record Listing(string PlatformProductId, string PlatformSkuId, string MerchantCode);

internal sealed class UnreadablePayloadException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>The platform said no. Business errors are never retried; transient ones are.</summary>
internal sealed class PlatformException(string code, string message, bool isTransient, TimeSpan? retryAfter = null, Exception? inner = null) : Exception($"{code}: {message}", inner)
{
    public string Code => code;
    public bool IsTransient => isTransient;
    public TimeSpan? RetryAfter => retryAfter;
}
