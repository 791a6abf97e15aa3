using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Health;

internal sealed record CursorRow(PullStream Stream, DateTimeOffset Position, DateTimeOffset NextDueAt, DateTimeOffset? LastSuccessAt, string? LastError);

internal sealed record PullRow(long Id, PullStream Stream, DateTimeOffset StartedAt, DateTimeOffset From, DateTimeOffset Until, int Windows, int Seen, int Added, int Changed, int Quarantined,
    int TookMs, string? Error, string TraceId);

internal sealed record QuarantineRow(long Id, DocumentKind Kind, string ExternalId, DocumentSource Source, DateTimeOffset ReceivedAt, string Reason);

internal sealed record DeliveryRow(long Id, DeliveryKind Kind, string Subject, DeliveryState State, int Attempts, DateTimeOffset DueAt, DateTimeOffset? SettledAt, string? LastError, string? Sent, int? TookMs);

/// <summary>One shop's lists, newest first, short enough to look at; what is older stands in the database.</summary>
internal sealed class ReadShopDetailHandler(HubDatabase database)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<CursorRow>> CursorsAsync(int shopId, CancellationToken ct) => await database.QueryAsync("""
        select stream, position, next_due_at, last_success_at, last_error from channels_cursors where shop_id = $1 order by stream
        """, r => new CursorRow((PullStream)r.GetInt16(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<DateTimeOffset>(2), r.Nullable<DateTimeOffset>(3), r.Text(4)), ct, shopId);

    public async Task<IReadOnlyList<PullRow>> PullsAsync(int shopId, CancellationToken ct) => await database.QueryAsync("""
        select id, stream, started_at, window_from, window_until, windows, seen, added, changed, quarantined, took_ms, error, trace_id
          from channels_pulls where shop_id = $1 order by id desc limit $2
        """, r => new PullRow(r.GetInt64(0), (PullStream)r.GetInt16(1), r.GetFieldValue<DateTimeOffset>(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4),
            r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10), r.Text(11), r.GetString(12)), ct, shopId, PageSize);

    public async Task<IReadOnlyList<QuarantineRow>> QuarantineAsync(int shopId, CancellationToken ct) => await database.QueryAsync("""
        select id, kind, external_id, source, received_at, reason from channels_inbox where shop_id = $1 and state = 5 order by id desc limit $2
        """, r => new QuarantineRow(r.GetInt64(0), (DocumentKind)r.GetInt16(1), r.GetString(2), (DocumentSource)r.GetInt16(3), r.GetFieldValue<DateTimeOffset>(4), r.Text(5) ?? ""), ct, shopId, PageSize);

    public async Task<string?> PayloadAsync(int shopId, long inboxId, CancellationToken ct) =>
        (await database.QueryAsync("select payload from channels_inbox where shop_id = $1 and id = $2", r => r.GetString(0), ct, shopId, inboxId)).FirstOrDefault();

    private const string DeliveryColumns = "id, kind, subject, state, attempts, due_at, settled_at, last_error, sent, took_ms";

    /// <summary>What people must look at first, then what waits, then what was done.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(int shopId, CancellationToken ct) => await database.QueryAsync($"""
        select {DeliveryColumns} from channels_deliveries where shop_id = $1
         order by case when state in (3, 4) then 0 when state = 1 then 1 else 2 end, coalesce(settled_at, due_at) desc, id desc limit $2
        """, Delivery, ct, shopId, PageSize);

    /// <summary>How these stand now, in the sequence asked for.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(int shopId, IReadOnlyList<long> ids, CancellationToken ct) => await database.QueryAsync($"""
        select {DeliveryColumns} from unnest($2) with ordinality as n(wanted, place) join channels_deliveries on id = n.wanted where shop_id = $1 order by n.place
        """, Delivery, ct, shopId, ids.ToArray());

    public async Task<int> FailedAsync(int shopId, CancellationToken ct) =>
        (await database.QueryAsync("select count(*)::int from channels_deliveries where shop_id = $1 and state in (3, 4)", r => r.GetInt32(0), ct, shopId))[0];

    private static DeliveryRow Delivery(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), (DeliveryKind)r.GetInt16(1), r.GetString(2), (DeliveryState)r.GetInt16(3), r.GetInt32(4), r.GetFieldValue<DateTimeOffset>(5),
        r.Nullable<DateTimeOffset>(6), r.Text(7), r.Text(8), r.Nullable<int>(9));
}
