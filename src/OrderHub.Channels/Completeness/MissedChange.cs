using OrderHub.Channels.Adapters;
using OrderHub.Channels.Health;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Completeness;

/// <summary>Whether the platform's list tells of a change that is not here; pure.</summary>
internal static class MissedChange
{
    /// <summary>A newer version there; or, where the list tells none or the very same, another status.</summary>
    /// <param name="theirs">With the version as an order here carries it.</param>
    public static bool IsThere(ListedOrder theirs, OrderBrief ours) => theirs.Version > ours.Version
        || (theirs.Version is null || theirs.Version == ours.Version) && theirs.Status is { } status && status != ours.PlatformStatus;

    /// <summary>What changed after that instant the incremental pull will still bring.</summary>
    public static bool IsClaimed(ListedOrder theirs, DateTimeOffset pulledTo) => theirs.ModifiedAt is not { } changed || changed < pulledTo;

    /// <summary>After the details were fetched: they are what the platform knows best, so only a status they do not confirm counts.</summary>
    /// <returns>What to tell people, or null when both agree.</returns>
    public static string? Words(ListedOrder theirs, OrderBrief ours) => IsThere(theirs, ours) && theirs.Status is { } status && status != ours.PlatformStatus
        ? $"有变更：平台 {ChannelSigns.Word(status)}，本系统 {ChannelSigns.Word(ours.PlatformStatus)}" : null;
}
