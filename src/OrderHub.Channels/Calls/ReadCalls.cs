using OrderHub.Platform.Data;

namespace OrderHub.Channels.Calls;

/// <param name="TraceId">All calls of one pull, push or delivery; empty = any.</param>
/// <param name="Before">Keyset: only older lines than this id.</param>
internal sealed record CallQuery(int? ShopId, string TraceId, bool OnlyFailed, long? Before);

internal sealed record CallRow(long Id, int ShopId, DateTimeOffset At, string Method, string TraceId, long? DeliveryId, CallOutcome Outcome, short? Status, int TookMs, int ReplyBytes, string? Error);

internal sealed class ReadCallsHandler(HubDatabase database)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<CallRow>> HandleAsync(CallQuery query, CancellationToken ct) => await database.QueryAsync($"""
        select id, shop_id, at, method, trace_id, delivery_id, outcome, status, took_ms, reply_bytes, error from channels_calls
         where id < $4 {(query.ShopId is null ? "and $1::int is null" : "and shop_id = $1")} {(query.TraceId.Length == 0 ? "and $2 = ''" : "and trace_id = $2")} and (not $3 or outcome <> 1)
         order by id desc limit {PageSize}
        """, r => new CallRow(r.GetInt64(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4), r.Nullable<long>(5), (CallOutcome)r.GetInt16(6), r.Nullable<short>(7),
            r.GetInt32(8), r.GetInt32(9), r.Text(10)), ct, query.ShopId, query.TraceId, query.OnlyFailed, query.Before ?? long.MaxValue);

    /// <summary>Request and reply of a delivery's call, secrets left out; null where they were not kept.</summary>
    public async Task<(string Request, string Reply)?> TextsAsync(long id, CancellationToken ct) => (await database.QueryAsync(
        "select request, coalesce(reply, '') from channels_calls where id = $1 and request is not null", r => ((string, string)?)(r.GetString(0), r.GetString(1)), ct, id)).FirstOrDefault();
}
