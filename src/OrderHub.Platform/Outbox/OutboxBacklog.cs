using System.Text.Json;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Outbox;

/// <summary>What a consumer has still to take. For work that must know that it has seen everything (settlement, verify).</summary>
public sealed class OutboxBacklog(HubDatabase database)
{
    /// <summary>
    /// Events not delivered yet, also those being delivered right now and those put off after a failure. Whatever is missing here
    /// and was committed before the call has taken effect: look at the effects after it, never before.
    /// </summary>
    public async Task<IReadOnlyList<TEvent>> PendingAsync<TEvent>(string consumer, CancellationToken ct) where TEvent : notnull =>
        Events<TEvent>(await database.QueryAsync(Sql, r => r.GetString(0), ct, consumer));

    /// <summary>As the transaction sees it: with a snapshot, effects and backlog fit together exactly.</summary>
    public async Task<IReadOnlyList<TEvent>> PendingAsync<TEvent>(HubTransaction tx, string consumer, CancellationToken ct) where TEvent : notnull =>
        Events<TEvent>(await tx.QueryAsync(Sql, r => r.GetString(0), ct, consumer));

    private const string Sql = "select payload::text from platform_outbox where consumer = $1";

    private static List<TEvent> Events<TEvent>(IEnumerable<string> payloads) => [.. payloads.SelectMany(p => JsonSerializer.Deserialize<TEvent[]>(p, OutboxJson.Options)!)];
}
