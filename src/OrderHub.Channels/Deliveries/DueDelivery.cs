using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <summary>A delivery in a worker's hand.</summary>
/// <param name="Attempts">This one included.</param>
internal sealed record DueDelivery(long Id, DeliveryKind Kind, int ShopId, long SubjectId, string Subject, string? Payload, int Revision, int Attempts);

/// <summary>Claiming and settling deliveries.</summary>
internal sealed class DueDeliveries(HubDatabase database, TimeProvider clock)
{
    /// <summary>Longer than a round with its time-outs can take, so that nobody else sends the same meanwhile.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    public Task<List<int>> ShopsAsync(CancellationToken ct) => database.QueryAsync("""
        select distinct shop_id from channels_deliveries where state = 1 and due_at <= $1 and (claimed_until is null or claimed_until <= $1)
        """, r => r.GetInt32(0), ct, clock.GetUtcNow());

    /// <summary>In the sequence of their places, see <see cref="Delivery.PlaceAt"/>.</summary>
    public async Task<IReadOnlyList<DueDelivery>> ClaimAsync(int shopId, int atMost, CancellationToken ct) => [.. (await database.QueryAsync("""
        update channels_deliveries d set claimed_until = $2 + $3, attempts = attempts + 1
          from (select id from channels_deliveries where shop_id = $1 and state = 1 and due_at <= $2 and (claimed_until is null or claimed_until <= $2)
                 order by place_at, id limit $4 for update skip locked) n
         where d.id = n.id returning d.id, d.kind, d.shop_id, d.subject_id, d.subject, d.payload::text, d.revision, d.attempts, d.place_at
        """, r => (Place: r.GetFieldValue<DateTimeOffset>(8), Due: new DueDelivery(r.GetInt64(0), (DeliveryKind)r.GetInt16(1), r.GetInt32(2), r.GetInt64(3), r.GetString(4), r.Text(5), r.GetInt32(6), r.GetInt32(7))),
        ct, shopId, clock.GetUtcNow(), Lease, atMost)).OrderBy(c => c.Place).ThenBy(c => c.Due.Id).Select(c => c.Due)];

    /// <summary>
    /// Writes down how attempts went. A settled one is done for good, unless news came in meanwhile: then it goes on waiting for the next
    /// round. One without an answer waits for its retry, and is dead after the last.
    /// </summary>
    public async Task FinishAsync(HubTransaction tx, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken ct)
    {
        // in the sequence in which new news about them is written, so that the two never wait for each other
        await tx.ExecuteAsync("select 1 from channels_deliveries where id = any($1) order by subject_id for no key update", ct, outcomes.Select(o => o.Delivery.Id).ToArray());
        await tx.ExecuteAsync("""
            update channels_deliveries d
               set state = case when n.wait is null then case when d.revision = n.revision then n.state else 1 end when n.counts and d.attempts >= $9 then 4 else 1 end,
                   attempts = case when n.wait is null then case when d.revision = n.revision then d.attempts else 0 end when n.counts then d.attempts else d.attempts - 1 end,
                   settled_at = case when n.wait is null then $1 else d.settled_at end,
                   due_at = $1 + coalesce(n.wait, interval '0'), place_at = $1 + coalesce(n.wait, interval '0') - case when d.kind = 2 then interval '0' else $12 end,
                   claimed_until = null, sent = left(coalesce(n.sent, d.sent), 1000), last_error = left(n.error, 2000), took_ms = coalesce(n.took_ms, d.took_ms), call_trace_id = coalesce(nullif(n.trace, ''), d.call_trace_id)
              from unnest($2, $3, $4, $5::text[], $6::text[], $7::interval[], $8, $10, $11::text[]) as n(id, revision, state, sent, error, wait, counts, took_ms, trace)
             where d.id = n.id
            """, ct, clock.GetUtcNow(), outcomes.Select(o => o.Delivery.Id).ToArray(), outcomes.Select(o => o.Delivery.Revision).ToArray(), outcomes.Select(o => (short)o.State).ToArray(),
            outcomes.Select(o => o.Sent).ToArray(), outcomes.Select(o => o.Error).ToArray(), outcomes.Select(o => o.Wait).ToArray(), outcomes.Select(o => o.Counts).ToArray(), DeliveryRetries.Most,
            outcomes.Select(o => (int?)o.Took?.TotalMilliseconds).ToArray(), outcomes.Select(o => o.TraceId).ToArray(), DeliveryQueue.Ahead);
    }
}
