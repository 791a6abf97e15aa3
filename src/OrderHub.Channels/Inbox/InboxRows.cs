using System.Security.Cryptography;
using System.Text;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Inbox;

/// <summary>A document with the shop it belongs to, and the trace of what brought it.</summary>
internal sealed record Arrival(Shop Shop, RawDocument Raw)
{
    public string TraceId { get; } = HubTracing.CurrentTraceId;
    public string ExternalId { get; } = InboxRows.Storable(Raw.ExternalId);
    public string Payload { get; } = InboxRows.Storable(Raw.Json);

    /// <summary>SHA-256 of the payload.</summary>
    public byte[] Hash => field ??= SHA256.HashData(Encoding.UTF8.GetBytes(Payload));
}

/// <summary>The row a payload stands in since it came the first time.</summary>
internal sealed record KnownDocument(long InboxId, DocumentState State);

/// <summary>What became of one document.</summary>
internal sealed record DocumentFate(Arrival Arrival, DocumentState State, string? Reason);

/// <summary>The inbox table in set-based statements; what writes joins the caller's transaction.</summary>
internal static class InboxRows
{
    /// <summary>One answer per document, in the same sequence; null = this very payload was never here.</summary>
    public static async Task<IReadOnlyList<KnownDocument?>> FindAsync(HubTransaction tx, DocumentKind kind, IReadOnlyList<Arrival> arrivals, CancellationToken ct)
    {
        var found = new KnownDocument?[arrivals.Count];
        foreach (var (place, known) in await tx.QueryAsync("""
            select n.place, i.id, i.state from unnest($2, $3, $4, $5) with ordinality as n(shop, id, version, hash, place)
              join channels_inbox i on i.shop_id = n.shop and i.kind = $1 and i.external_id = n.id and i.version = n.version and i.content_hash = n.hash
            """, r => (r.GetInt64(0), new KnownDocument(r.GetInt64(1), (DocumentState)r.GetInt16(2))), ct, (short)kind,
            arrivals.Select(a => a.Shop.Id).ToArray(), arrivals.Select(a => a.ExternalId).ToArray(), arrivals.Select(a => a.Raw.Version).ToArray(), arrivals.Select(a => a.Hash).ToArray()))
            found[place - 1] = known;
        return found;
    }

    /// <summary>Stores payloads with what became of them. One that another host stored meanwhile, or that occurs twice, is left as it is.</summary>
    public static void Keep(HubTransaction tx, DocumentKind kind, DocumentSource source, IReadOnlyCollection<DocumentFate> fates, DateTimeOffset now)
    {
        if (fates.Count == 0) return;
        // Sorted, so that two hosts storing the same window wait for each other instead of deadlocking.
        var rows = fates.OrderBy(f => f.Arrival.Shop.Id).ThenBy(f => f.Arrival.ExternalId, StringComparer.Ordinal).ThenBy(f => f.Arrival.Raw.Version).ToList();
        tx.Later("""
            insert into channels_inbox (shop_id, kind, external_id, version, content_hash, payload, state, reason, source, received_at, settled_at, trace_id)
            select n.shop, $1, n.id, n.version, n.hash, n.payload, n.state, left(n.reason, 2000), $2, $3, $3, n.trace
              from unnest($4, $5, $6, $7, $8, $9, $10::text[], $11) as n(shop, id, version, hash, payload, state, reason, trace)
            on conflict (shop_id, kind, external_id, version, content_hash) do nothing
            """, (short)kind, (short)source, now,
            rows.Select(f => f.Arrival.Shop.Id).ToArray(), rows.Select(f => f.Arrival.ExternalId).ToArray(), rows.Select(f => f.Arrival.Raw.Version).ToArray(),
            rows.Select(f => f.Arrival.Hash).ToArray(), rows.Select(f => f.Arrival.Payload).ToArray(), rows.Select(f => (short)f.State).ToArray(),
            rows.Select(f => f.Reason is null ? null : Storable(f.Reason)).ToArray(), rows.Select(f => f.Arrival.TraceId).ToArray());
    }

    /// <summary>Known payloads that can be read now.</summary>
    public static async Task FreeAsync(HubTransaction tx, IReadOnlyCollection<(long InboxId, DocumentState State)> freed, DateTimeOffset now, CancellationToken ct)
    {
        if (freed.Count == 0) return;
        await tx.ExecuteAsync("update channels_inbox i set state = n.state, reason = null, settled_at = $1 from unnest($2, $3) as n(id, state) where i.id = n.id", ct,
            now, freed.Select(f => f.InboxId).ToArray(), freed.Select(f => (short)f.State).ToArray());
    }

    /// <summary>External ids of what is here in just that version. What was set aside counts as unknown: the platform may answer better now.</summary>
    public static async Task<IReadOnlySet<string>> KnownAsync(HubDatabase database, int shopId, DocumentKind kind, IReadOnlyCollection<(string ExternalId, long Version)> listed, CancellationToken ct) =>
        (await database.QueryAsync("""
            select n.id from unnest($3, $4) as n(id, version)
             where exists (select from channels_inbox i where i.shop_id = $1 and i.kind = $2 and i.external_id = n.id and i.version = n.version and i.state in (2, 3, 4))
            """, r => r.GetString(0), ct, shopId, (short)kind, listed.Select(d => Storable(d.ExternalId)).ToArray(), listed.Select(d => d.Version).ToArray())).ToHashSet(StringComparer.Ordinal);

    /// <summary>The newest readable-or-not payload of each; unknown ids are absent.</summary>
    public static async Task<IReadOnlyDictionary<string, RawDocument>> NewestPayloadsAsync(HubDatabase database, int shopId, DocumentKind kind, string[] externalIds, CancellationToken ct) =>
        (await database.QueryAsync("""
            select distinct on (external_id) external_id, version, payload from channels_inbox
             where shop_id = $1 and kind = $2 and external_id = any($3) order by external_id, version desc, id desc
            """, r => new RawDocument(r.GetString(0), r.GetInt64(1), r.GetString(2)), ct, shopId, (short)kind, externalIds)).ToDictionary(d => d.ExternalId);

    /// <summary>PostgreSQL text takes neither NUL nor half a surrogate pair; U+2400 and U+FFFD keep the place visible.</summary>
    internal static string Storable(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0', StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\u2400') : text;
}
