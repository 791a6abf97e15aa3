using OrderHub.Channels.Calls;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <param name="Payload">JSON; null where the content is read when it is sent.</param>
internal sealed record DeliveryDetail(long Id, DeliveryKind Kind, string Subject, DeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? SettledAt,
    string? LastError, string? Sent, int? TookMs, string TraceId, string? Payload, IReadOnlyList<DeliveryAttempt> Calls);

/// <summary>One call to the platform for this delivery, newest first; its connection may have been tried several times.</summary>
/// <param name="Shared">The call told other deliveries too.</param>
internal sealed record DeliveryAttempt(long Id, DateTimeOffset At, string Method, CallOutcome Outcome, int? Status, int TookMs, string? Error, string? Request, string? Reply, string TraceId, bool Shared);

/// <summary>Everything that is known of one delivery, its calls from the interface log with it. Calls are stored half a second after they were made, and kept for a month.</summary>
internal sealed class ReadDeliveryHandler(HubDatabase database)
{
    private const int MostCalls = 100;

    public async Task<DeliveryDetail?> HandleAsync(int shopId, long deliveryId, CancellationToken ct)
    {
        var delivery = (await database.QueryAsync("""
            select id, kind, subject, state, attempts, created_at, due_at, settled_at, last_error, sent, took_ms, trace_id, payload::text, call_trace_id
              from channels_deliveries where shop_id = $1 and id = $2
            """, r => (CallTrace: r.Text(13), Detail: new DeliveryDetail(r.GetInt64(0), (DeliveryKind)r.GetInt16(1), r.GetString(2), (DeliveryState)r.GetInt16(3), r.GetInt32(4),
                r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<DateTimeOffset>(6), r.Nullable<DateTimeOffset>(7), r.Text(8), r.Text(9), r.Nullable<int>(10), r.GetString(11), r.Text(12), [])),
            ct, shopId, deliveryId)).FirstOrDefault();
        if (delivery.Detail is null) return null;
        var calls = await database.QueryAsync("""
            select id, at, method, outcome, status, took_ms, error, request, reply, trace_id, delivery_id is distinct from $2
              from channels_calls where shop_id = $1 and (delivery_id = $2 or (trace_id = $3::text and delivery_id is not null)) order by id desc limit $4
            """, r => new DeliveryAttempt(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), (CallOutcome)r.GetInt16(3), r.Nullable<short>(4), r.GetInt32(5), r.Text(6), r.Text(7), r.Text(8),
                r.GetString(9), r.GetBoolean(10)), ct, shopId, deliveryId, delivery.CallTrace, MostCalls);
        return delivery.Detail with { Calls = calls };
    }
}
