using System.Security.Cryptography;
using System.Text;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Inbox;

/// <summary>A raw document with the inbox row it stands in.</summary>
/// <param name="IsNew">False when this very payload was here before.</param>
internal sealed record KeptDocument(RawDocument Raw, long InboxId, bool IsNew, DocumentState State);

/// <summary>What became of one document.</summary>
internal sealed record DocumentFate(long InboxId, DocumentState State, string? Reason);

/// <summary>The inbox table in set-based statements; what writes joins the caller's transaction.</summary>
internal static class InboxRows
{
    /// <summary>Stores what is not here yet. One answer per document, in the same sequence; a repetition within the batch shares its row.</summary>
    public static async Task<IReadOnlyList<KeptDocument>> KeepAsync(HubTransaction tx, int shopId, DocumentKind kind, DocumentSource source,
        IReadOnlyList<RawDocument> documents, DateTimeOffset now, CancellationToken ct)
    {
        // Sorted, so that two hosts storing the same window wait for each other instead of deadlocking.
        var keyed = documents.Select(d => (Document: d, Hash: HashOf(d))).ToList();
        var sorted = keyed.DistinctBy(d => KeyOf(d.Document, d.Hash)).OrderBy(d => d.Document.ExternalId, StringComparer.Ordinal).ThenBy(d => d.Document.Version).ToList();
        var ids = sorted.Select(d => Storable(d.Document.ExternalId)).ToArray();
        var versions = sorted.Select(d => d.Document.Version).ToArray();
        var hashes = sorted.Select(d => d.Hash).ToArray();
        var added = await tx.QueryAsync("""
            insert into channels_inbox (shop_id, kind, external_id, version, content_hash, payload, state, source, received_at, trace_id)
            select $1, $2, n.id, n.version, n.hash, n.payload, 1, $3, $4, $5 from unnest($6, $7, $8, $9) as n(id, version, hash, payload)
            on conflict (shop_id, kind, external_id, version, content_hash) do nothing
            returning id
            """, r => r.GetInt64(0), ct, shopId, (short)kind, (short)source, now, HubTracing.CurrentTraceId, ids, versions, hashes,
            sorted.Select(d => Storable(d.Document.Json)).ToArray());
        var isNew = added.ToHashSet();
        var rows = await tx.QueryAsync("""
            select i.external_id, i.version, i.content_hash, i.id, i.state from unnest($3, $4, $5) as n(id, version, hash)
              join channels_inbox i on i.shop_id = $1 and i.kind = $2 and i.external_id = n.id and i.version = n.version and i.content_hash = n.hash
            """, r => (Key: (r.GetString(0), r.GetInt64(1), Convert.ToHexString(r.GetFieldValue<byte[]>(2))), Id: r.GetInt64(3), State: (DocumentState)r.GetInt16(4)),
            ct, shopId, (short)kind, ids, versions, hashes);
        var byKey = rows.ToDictionary(r => r.Key);
        return [.. keyed.Select(d => byKey[KeyOf(d.Document, d.Hash)]).Zip(documents, (row, raw) => new KeptDocument(raw, row.Id, isNew.Contains(row.Id), row.State))];
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

    public static Task SettleAsync(HubTransaction tx, IReadOnlyCollection<DocumentFate> fates, DateTimeOffset now, CancellationToken ct)
    {
        // The same payload twice in a batch is accepted once and unchanged once; the row says accepted.
        var last = fates.GroupBy(f => f.InboxId).Select(g => g.MinBy(f => f.State)!).ToList();
        return tx.ExecuteAsync("""
            update channels_inbox i set state = n.state, reason = left(n.reason, 2000), settled_at = $1
              from unnest($2, $3, $4::text[]) as n(id, state, reason) where i.id = n.id
            """, ct, now, last.Select(f => f.InboxId).ToArray(), last.Select(f => (short)f.State).ToArray(), last.Select(f => f.Reason is null ? null : Storable(f.Reason)).ToArray());
    }

    private static (string, long, string) KeyOf(RawDocument d, byte[] hash) => (Storable(d.ExternalId), d.Version, Convert.ToHexString(hash));

    private static byte[] HashOf(RawDocument d) => SHA256.HashData(Encoding.UTF8.GetBytes(Storable(d.Json)));

    /// <summary>PostgreSQL text takes neither NUL nor half a surrogate pair; U+2400 and U+FFFD keep the place visible.</summary>
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\u2400');
}
