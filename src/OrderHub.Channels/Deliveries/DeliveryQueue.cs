using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <summary>A subject that a platform is to be told about.</summary>
/// <param name="Payload">JSON; null where the content is read when it is sent.</param>
internal sealed record Owed(int ShopId, long SubjectId, string Subject, string? Payload = null);

/// <summary>Writes down, in the caller's transaction, what the platforms are owed; the sender is woken after the commit.</summary>
internal sealed class DeliveryQueue(DeliverySignal signal, TimeProvider clock)
{
    /// <summary>What is no stock news goes before all of it: a buyer, a colleague or the platform's deadline waits for it.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>From so many pieces on a listing has plenty.</summary>
    private const int Plenty = 50;
    private static readonly TimeSpan PerPiece = TimeSpan.FromMilliseconds(20);

    /// <summary>Said once: what was told or is waiting is left as it is.</summary>
    public async Task OweOnceAsync(HubTransaction tx, DeliveryKind kind, IReadOnlyList<Owed> owed, CancellationToken ct)
    {
        await InsertAsync(tx, kind, owed, "nothing", ct);
        tx.AfterCommit(signal.Wake);
    }

    /// <summary>The newest word counts: what is waiting takes the new payload, what was told is due again.</summary>
    public async Task OweAgainAsync(HubTransaction tx, DeliveryKind kind, IReadOnlyList<Owed> owed, CancellationToken ct)
    {
        await InsertAsync(tx, kind, owed, """
            update set revision = d.revision + 1, state = 1, attempts = 0, payload = excluded.payload, trace_id = excluded.trace_id,
                       due_at = excluded.due_at, place_at = excluded.place_at
            """, ct);
        tx.AfterCommit(signal.Wake);
    }

    /// <summary>A listing that waits already keeps its back-off and the better of its places; any other is due anew. The quantity itself is read when it is sent.</summary>
    /// <param name="expected">By listing: what it will show as far as is known now; the fewer, the earlier its turn. An absent one counts as plenty.</param>
    public async Task OweStockAsync(HubTransaction tx, IReadOnlyCollection<long> listingIds, IReadOnlyDictionary<long, int>? expected, CancellationToken ct)
    {
        if (listingIds.Count == 0) return;
        var now = clock.GetUtcNow();
        var places = listingIds.Select(id => now + PerPiece * Math.Min(Plenty, expected?.GetValueOrDefault(id, Plenty) ?? Plenty)).ToArray();
        await tx.ExecuteAsync("""
            insert into channels_deliveries as d (kind, shop_id, subject_id, subject, state, revision, attempts, created_at, due_at, place_at, trace_id)
            select 2, l.shop_id, l.id, l.merchant_code, 1, 1, 0, $3, $3, n.place_at, $4
              from unnest($1, $2) as n(listing_id, place_at) join channels_listings l on l.id = n.listing_id order by l.id
            on conflict (kind, shop_id, subject_id) do update
               set revision = d.revision + 1, state = 1, trace_id = excluded.trace_id, subject = excluded.subject,
                   due_at = case when d.state = 1 then d.due_at else excluded.due_at end,
                   place_at = case when d.state = 1 then least(d.place_at, excluded.place_at) else excluded.place_at end,
                   attempts = case when d.state = 1 then d.attempts else 0 end
            """, ct, listingIds.ToArray(), places, now, HubTracing.CurrentTraceId);
        tx.AfterCommit(signal.Wake);
    }

    /// <summary>The shop has new keys: what was put off is due now.</summary>
    public async Task HurryAsync(HubTransaction tx, int shopId, CancellationToken ct)
    {
        await tx.ExecuteAsync("update channels_deliveries set due_at = $2 where shop_id = $1 and state = 1 and due_at > $2", ct, shopId, clock.GetUtcNow());
        tx.AfterCommit(signal.Wake);
    }

    private Task InsertAsync(HubTransaction tx, DeliveryKind kind, IReadOnlyList<Owed> owed, string onConflict, CancellationToken ct) => tx.ExecuteAsync($"""
        insert into channels_deliveries as d (kind, shop_id, subject_id, subject, payload, state, revision, attempts, created_at, due_at, place_at, trace_id)
        select $1, n.shop_id, n.subject_id, n.subject, n.payload::jsonb, 1, 1, 0, $6, $6, $7, $8 from unnest($2, $3, $4, $5::text[]) as n(shop_id, subject_id, subject, payload)
         order by n.shop_id, n.subject_id
        on conflict (kind, shop_id, subject_id) do {onConflict}
        """, ct, (short)kind, owed.Select(o => o.ShopId).ToArray(), owed.Select(o => o.SubjectId).ToArray(), owed.Select(o => o.Subject).ToArray(), owed.Select(o => o.Payload).ToArray(),
        clock.GetUtcNow(), clock.GetUtcNow() - Ahead, HubTracing.CurrentTraceId);
}
