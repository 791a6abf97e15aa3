using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <summary>A delivery in a worker's hand.</summary>
/// <param name="Attempts">This one included.</param>
internal sealed record DueDelivery(long Id, DeliveryKind Kind, int ShopId, long SubjectId, string Subject, int Revision, int Attempts);

/// <summary>Claiming and settling deliveries.</summary>
internal sealed class DueDeliveries(HubDatabase database, TimeProvider clock)
{
    /// <summary>Longer than a call with its time-out can take, so that nobody else sends the same meanwhile.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public Task<List<int>> ShopsAsync(CancellationToken ct) => database.QueryAsync("""
        select distinct shop_id from channels_deliveries where state = 1 and due_at <= $1 and (claimed_until is null or claimed_until <= $1)
        """, r => r.GetInt32(0), ct, clock.GetUtcNow());

    /// <summary>Shipments first: a buyer waits for them.</summary>
    public Task<List<DueDelivery>> ClaimAsync(int shopId, int atMost, CancellationToken ct) => database.QueryAsync("""
        update channels_deliveries d set claimed_until = $2 + $3, attempts = attempts + 1
          from (select id from channels_deliveries where shop_id = $1 and state = 1 and due_at <= $2 and (claimed_until is null or claimed_until <= $2)
                 order by kind, due_at, id limit $4 for update skip locked) n
         where d.id = n.id returning d.id, d.kind, d.shop_id, d.subject_id, d.subject, d.revision, d.attempts
        """, r => new DueDelivery(r.GetInt64(0), (DeliveryKind)r.GetInt16(1), r.GetInt32(2), r.GetInt64(3), r.GetString(4), r.GetInt32(5), r.GetInt32(6)),
        ct, shopId, clock.GetUtcNow(), Lease, atMost);

    /// <summary>Done for good, unless news came in meanwhile: then the row goes on waiting for the next round.</summary>
    public Task SettleAsync(HubTransaction tx, DueDelivery delivery, DeliveryState state, string? sent, string? error, TimeSpan took, CancellationToken ct) => tx.ExecuteAsync("""
        update channels_deliveries set state = case when revision = $2 then $3 else 1 end, attempts = case when revision = $2 then attempts else 0 end,
               settled_at = $4, due_at = $4, claimed_until = null, sent = left(coalesce($5::text, sent), 1000), last_error = left($6::text, 2000), took_ms = $7
         where id = $1
        """, ct, delivery.Id, delivery.Revision, (short)state, clock.GetUtcNow(), sent, error, (int)took.TotalMilliseconds);

    /// <summary>The platform did not answer: again later, or dead after the last attempt.</summary>
    /// <param name="counts">False when nothing was sent because the shop's circuit is open.</param>
    public Task PostponeAsync(DueDelivery delivery, TimeSpan wait, string error, bool counts, CancellationToken ct) => database.RunAsync(tx => tx.ExecuteAsync("""
        update channels_deliveries set claimed_until = null, due_at = $2, last_error = left($3, 2000),
               attempts = attempts - case when $4 then 0 else 1 end, state = case when $4 and attempts >= $5 then 4 else 1 end
         where id = $1
        """, ct, delivery.Id, clock.GetUtcNow() + wait, error, counts, DeliveryRetries.Most), ct);
}
