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
