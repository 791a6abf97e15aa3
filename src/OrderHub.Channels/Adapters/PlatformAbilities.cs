using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;

namespace OrderHub.Channels.Adapters;

/// <summary>What an adapter can do beside pulling, confirming a shipment and setting stock.</summary>
[Flags]
internal enum PlatformActions { None = 0, ListCreated = 1, FetchRefund = 2, Memo = 4, AnswerRefund = 8, ReadStock = 16, RefreshToken = 32, Messages = 64 }

/// <summary>Whole: one waybill per order. Lines: each line in one parcel. Pieces: a line's pieces may travel apart. Waybills: several, nobody asks what is in which.</summary>
internal enum SplitAbility { Whole = 0, Lines = 1, Pieces = 2, Waybills = 3 }

/// <summary>
/// What a platform allows; read from <c>platforms.json</c> beside this file, so that a changed limit is a changed line of data.
/// </summary>
/// <param name="MaxWindow">Longest modified-time window one pull may ask for.</param>
/// <param name="Overlap">How far back each pull looks again: at least the platform's clock skew.</param>
/// <param name="Lag">The window must end this long before now (0 where the platform does not ask for it).</param>
/// <param name="CallsPerSecond">Budget per shop.</param>
internal sealed record PlatformAbilities(TimeSpan MaxWindow, TimeSpan Overlap, TimeSpan Lag, double CallsPerSecond, SplitAbility Split, bool UnpaidVisible)
{
    public PlatformActions Actions { get; init; }

    /// <summary>Longest created-time window of <see cref="IPlatformAdapter.ListCreatedAsync"/>.</summary>
    public TimeSpan MaxCreatedWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest seller memo, in UTF-8 bytes.</summary>
    public int MemoBytes { get; init; }

    /// <summary>Listings whose stock one call may set.</summary>
    public int StockBatch { get; init; } = 1;

    /// <summary>Deliveries of one shop under way at the same time.</summary>
    public int DeliveriesAtOnce { get; init; } = 4;

    /// <summary>How long before its end an access token is renewed: not so early that the platform refuses or hands out the same one again.</summary>
    public TimeSpan RenewAhead { get; init; } = TimeSpan.FromHours(23);

    /// <summary>The platform gives no refresh token but renews by the app's own credentials; this grant stands in its place.</summary>
    public string? RenewsWith { get; init; }

    /// <summary>Our courier code → the platform's. Null: the platform takes ours.</summary>
    public IReadOnlyDictionary<string, string>? Couriers { get; init; }

    /// <summary>The platform's codes for a token that has ended or was withdrawn: they say nothing about what was sent with it.</summary>
    public IReadOnlySet<string> TokenCodes { get; init; } = FrozenSet<string>.Empty;

    public bool IsAboutToken(Exception failure) => failure is PlatformException { IsTransient: false } refusal && TokenCodes.Contains(refusal.Code);

    public bool Can(PlatformActions action) => (Actions & action) == action;

    /// <exception cref="PlatformException">The platform has no name for this courier.</exception>
    public string CourierCode(string ours) => Couriers is null ? ours
        : Couriers.GetValueOrDefault(ours) ?? throw new PlatformException("courier.unknown", $"平台没有快递 {ours} 的编码", isTransient: false);
}

/// <summary>The capability table of all platforms.</summary>
internal static class PlatformTable
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip, Converters = { new JsonStringEnumConverter() },
    };

    private sealed record Row(double MaxWindowMinutes, double OverlapSeconds, double LagSeconds, double CallsPerSecond, SplitAbility Split, bool UnpaidVisible,
        double MaxCreatedWindowMinutes, int MemoBytes, PlatformActions[] Actions, int StockBatch, int DeliveriesAtOnce, Dictionary<string, string>? Couriers,
        double? RenewAheadMinutes = null, string? RenewsWith = null, string[]? TokenCodes = null);

    private static readonly FrozenDictionary<ShopKind, PlatformAbilities> Rows = Read();

    /// <summary>Platforms that take some couriers only.</summary>
    public static IEnumerable<PlatformCouriers> Couriers => Rows.Where(r => r.Value.Couriers is not null).Select(r => new PlatformCouriers(r.Key, r.Value.Couriers!.Keys.ToFrozenSet()) { Codes = r.Value.Couriers });

    /// <exception cref="KeyNotFoundException">The table has no row for this platform.</exception>
    public static PlatformAbilities Of(ShopKind kind) => Rows[kind];

    private static FrozenDictionary<ShopKind, PlatformAbilities> Read()
    {
        using var table = typeof(PlatformTable).Assembly.GetManifestResourceStream("platforms.json")!;
        return JsonSerializer.Deserialize<Dictionary<ShopKind, Row>>(table, Strict)!.ToFrozenDictionary(p => p.Key, p => Abilities(p.Value));
    }

    private static PlatformAbilities Abilities(Row row) => row.RenewAheadMinutes is { } minutes ? Common(row) with { RenewAhead = TimeSpan.FromMinutes(minutes) } : Common(row);

    private static PlatformAbilities Common(Row row) => new(TimeSpan.FromMinutes(row.MaxWindowMinutes), TimeSpan.FromSeconds(row.OverlapSeconds), TimeSpan.FromSeconds(row.LagSeconds),
        row.CallsPerSecond, row.Split, row.UnpaidVisible)
    {
        Actions = row.Actions.Aggregate(PlatformActions.None, (all, one) => all | one),
        MaxCreatedWindow = TimeSpan.FromMinutes(row.MaxCreatedWindowMinutes), MemoBytes = row.MemoBytes, Couriers = row.Couriers,
        StockBatch = row.StockBatch, DeliveriesAtOnce = row.DeliveriesAtOnce, RenewsWith = row.RenewsWith, TokenCodes = (row.TokenCodes ?? []).ToFrozenSet(),
    };
}
