using OrderHub.Platform.Data;

namespace OrderHub.Platform.Incidents;

/// <summary>
/// Trouble that people are told of once when it begins and once when it has ended, however often it is seen in between. The news of the
/// end waits for <see cref="Quiet"/>: trouble that is back by then has never ended, and nobody hears a false all-clear.
/// Joins the caller's transaction.
/// </summary>
public interface IIncidents
{
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(3);

    /// <summary>Begins it, or notes that it is still there. May be called on every occurrence and by several hosts.</summary>
    Task OpenAsync(HubTransaction tx, IncidentKey key, IncidentNews news, CancellationToken ct);

    /// <summary>Ends it; without an open one nothing happens.</summary>
    Task CloseAsync(HubTransaction tx, IncidentKey key, CancellationToken ct);

    /// <summary>What is open of one kind: for watchers that see states, not events.</summary>
    Task<IReadOnlyList<IncidentKey>> ListOpenAsync(HubTransaction tx, string kind, CancellationToken ct);
}
