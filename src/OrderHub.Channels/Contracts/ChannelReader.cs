using OrderHub.Catalog.Contracts;

namespace OrderHub.Channels.Contracts;

/// <summary>How the channels are doing; for dashboards, checks and other modules.</summary>
public interface IChannelReader
{
    /// <summary>One row per shop, connected or not, in the order of the shops' ids.</summary>
    Task<IReadOnlyList<ChannelHealth>> HealthAsync(CancellationToken ct);

    Task<ChannelCounts> CountsAsync(CancellationToken ct);
}

/// <summary>Over all shops.</summary>
public sealed record ChannelCounts(int Quarantined, int DeliveriesWaiting, int DeliveriesFailed, int HintsWaiting);

/// <param name="Position">Everything changed on the platform before this instant is here; the older of orders and refunds. Null = not connected.</param>
/// <param name="LastError">Of the stream that failed at its last pull; null while all is well.</param>
/// <param name="FailuresLastDay">Pulled windows that failed within 24 hours.</param>
/// <param name="OrdersToday">Different orders received since midnight in shop time.</param>
/// <param name="DeliveriesFailed">Refused by the platform or given up; people must look.</param>
public sealed record ChannelHealth(int ShopId, string ShopCode, string ShopName, ShopKind Kind, TimeSpan? PullEvery, DateTimeOffset? TokenExpiresAt,
    DateTimeOffset? Position, DateTimeOffset? LastPullAt, DateTimeOffset? LastSuccessAt, string? LastError, int FailuresLastDay,
    int OrdersToday, int Quarantined, int DeliveriesWaiting, int DeliveriesFailed)
{
    public bool IsConnected => PullEvery is not null;

    /// <summary>Orders the platform lists as created since midnight in shop time, as far as it was asked; null where it offers no such list.</summary>
    public int? PlatformToday { get; init; }

    /// <summary>Of those, the ones that are here.</summary>
    public int ProvenToday { get; init; }

    /// <summary>Up to here nothing is missing; null where it cannot be proven.</summary>
    public DateTimeOffset? ProvenTo { get; init; }

    /// <summary>Hours of the last week in which something is missing or out of date, and how many orders in all.</summary>
    public int HoursMissing { get; init; }
    public int OrdersMissing { get; init; }

    /// <summary>The token ends soon and nothing renews it by itself: somebody must act.</summary>
    public bool TokenIsEnding { get; init; }

    /// <summary>Orders still to be shipped; at risk when the token ends.</summary>
    public int ToShip { get; init; }

    /// <summary>Calls to the platform within the last hour.</summary>
    public int Calls { get; init; }
    public int CallsDone { get; init; }

    /// <summary>Calls of the last full minute against what the platform allows.</summary>
    public int CallsLastMinute { get; init; }
    public double CallsPerSecondAllowed { get; init; }

    /// <summary>0–1; null without any call.</summary>
    public double? CallSuccess => Calls == 0 ? null : (double)CallsDone / Calls;

    /// <summary>Part of the call budget that is free, 0–1.</summary>
    public double? BudgetLeft => CallsPerSecondAllowed > 0 ? Math.Clamp(1 - CallsLastMinute / (CallsPerSecondAllowed * 60), 0, 1) : null;

    /// <summary>How far behind the platform we may be.</summary>
    public TimeSpan? LagAt(DateTimeOffset now) => now - Position;

    /// <summary>Late = the last complete pull is older than three intervals (at least a minute).</summary>
    public ChannelMood MoodAt(DateTimeOffset now) => !IsConnected ? ChannelMood.NotConnected
        : LastError is not null ? ChannelMood.Failing
        : LastSuccessAt is null ? ChannelMood.Waiting
        : now - LastSuccessAt > TimeSpan.FromSeconds(Math.Max(60, PullEvery!.Value.TotalSeconds * 3)) ? ChannelMood.Late
        : ChannelMood.Well;
}

public enum ChannelMood { NotConnected = 0, Waiting = 1, Well = 2, Late = 3, Failing = 4 }
