using OrderHub.Platform.Data;

namespace OrderHub.Platform.Notifications;

public enum TargetKind : short { Email = 1, WeCom = 2, DingTalk = 3 }

/// <summary>A target as other pages may name it; never its address.</summary>
public sealed record TargetName(long Id, string Name, TargetKind Kind, bool IsEnabled);

/// <summary>
/// Tells people outside the hub. What is written here is sent if and only if the caller's transaction commits: once, or once more when a
/// host died between sending and noting it.
/// </summary>
public interface INotifications
{
    /// <param name="targets">Who shall hear it; those disabled or deleted meanwhile are left out. When nobody is left, everybody hears it.</param>
    /// <param name="incidentId">The incident whose history shows it, if any.</param>
    /// <param name="notBefore">Null = at once.</param>
    /// <returns>How many targets will be told.</returns>
    Task<int> NotifyAsync(HubTransaction tx, Message message, IReadOnlyCollection<long> targets, long? incidentId, DateTimeOffset? notBefore, CancellationToken ct);

    Task<IReadOnlyList<TargetName>> TargetsAsync(CancellationToken ct);
}
