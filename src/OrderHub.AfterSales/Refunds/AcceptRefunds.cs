using OrderHub.AfterSales.Contracts;
using OrderHub.AfterSales.Returns;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.AfterSales.Refunds;

/// <summary>See <see cref="IRefundIntake"/>. Orders are locked first, then refund rows in one statement in the order of their keys.</summary>
internal sealed class AcceptRefunds(IOrderReports reports, ApplyToOrders consequences, OutboxWriter outbox) : IRefundIntake
{
    public async Task AcceptAsync(HubTransaction tx, IReadOnlyList<IncomingRefund> refunds, CancellationToken ct)
    {
        var newest = refunds.GroupBy(r => (r.ShopId, r.RefundNo)).Select(same => same.MaxBy(r => r.Version)!)
            .OrderBy(r => r.ShopId).ThenBy(r => r.RefundNo, StringComparer.Ordinal).ToList();
        if (newest.Count == 0) return;
        var orderIds = await OrderIdsAsync(newest, ct);
        var locked = await consequences.LockAsync(tx, orderIds.Values, ct);
        var changed = await StoreAsync(tx, newest, orderIds, ct);
        await TellAsync(tx, changed.Select(c => c.Id).ToArray(), ct);
        outbox.Add(tx, changed.Where(c => c is { OrderId: not null, Goods: true }).Select(c => new ReturnChanged(c.Id)));
        await consequences.ApplyAsync(tx, [.. changed.Select(c => c.OrderId).OfType<long>().Distinct().Where(locked.ContainsKey).Select(id => locked[id])], ct);
    }

    private async Task<Dictionary<(int, string), long>> OrderIdsAsync(IReadOnlyList<IncomingRefund> refunds, CancellationToken ct)
    {
        var ids = new Dictionary<(int, string), long>();
        foreach (var shop in refunds.GroupBy(r => r.ShopId))
            foreach (var (number, id) in await reports.OrderIdsAsync(shop.Key, shop.Select(r => r.PlatformOrderNo).Distinct().ToArray(), ct))
                ids[(shop.Key, number)] = id;
        return ids;
    }

    /// <returns>The refunds that are new or newer than what was here; with goods that come back, or were to.</returns>
    private static Task<List<(long Id, long? OrderId, bool Goods)>> StoreAsync(HubTransaction tx, List<IncomingRefund> refunds, Dictionary<(int, string), long> orderIds, CancellationToken ct) =>
        tx.QueryAsync("""
            insert into aftersales_refunds as r (shop_id, refund_no, version, platform_order_no, platform_line_no, order_id, kind, status,
                                                 applied_fen, refunded_fen, reason, created_at, modified_at, done_at)
            select shop_id, refund_no, version, platform_order_no, platform_line_no, order_id, kind, status, applied_fen,
                   case when status = 7 then refunded_fen else 0 end, reason, created_at, modified_at, case when status = 7 then modified_at end
              from unnest($1::int[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::smallint[], $8::smallint[],
                          $9::bigint[], $10::bigint[], $11::text[], $12::timestamptz[], $13::timestamptz[])
                   as n(shop_id, refund_no, version, platform_order_no, platform_line_no, order_id, kind, status,
                        applied_fen, refunded_fen, reason, created_at, modified_at)
            on conflict (shop_id, refund_no) do update set
                version = excluded.version, order_id = coalesce(r.order_id, excluded.order_id), kind = excluded.kind,
                applied_fen = excluded.applied_fen, reason = excluded.reason, modified_at = excluded.modified_at,
                status = case when r.status = 7 then r.status else excluded.status end,
                refunded_fen = case when r.status = 7 then r.refunded_fen else excluded.refunded_fen end,
                done_at = coalesce(r.done_at, excluded.done_at)
              where r.version < excluded.version
            returning id, order_id, kind <> 1 or return_no is not null
            """, r => (r.GetInt64(0), r.Nullable<long>(1), r.GetBoolean(2)), ct,
            Column(refunds, r => r.ShopId), Column(refunds, r => r.RefundNo), Column(refunds, r => r.Version), Column(refunds, r => r.PlatformOrderNo),
            Column(refunds, r => r.PlatformLineNo), Column(refunds, r => orderIds.TryGetValue((r.ShopId, r.PlatformOrderNo), out var id) ? id : (long?)null),
            Column(refunds, r => (short)r.Kind), Column(refunds, r => (short)r.Status), Column(refunds, r => Math.Max(0, r.AppliedFen)),
            Column(refunds, r => Math.Max(0, r.RefundedFen)), Column(refunds, r => r.Reason),
            Column(refunds, r => r.CreatedAt.ToUniversalTime()), Column(refunds, r => r.ModifiedAt.ToUniversalTime()));

    /// <summary>Once per refund: the mark and the news are one transaction. A refund that paid nothing back is no news.</summary>
    private async Task TellAsync(HubTransaction tx, long[] changed, CancellationToken ct)
    {
        var done = await tx.QueryAsync("""
            update aftersales_refunds set told = true where id = any($1) and status = 7 and not told and refunded_fen > 0
            returning shop_id, refund_no, platform_order_no, refunded_fen, done_at
            """, r => new RefundDone(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetFieldValue<DateTimeOffset>(4)), ct, changed);
        outbox.Add(tx, done);
    }

    private static TValue[] Column<TValue>(List<IncomingRefund> refunds, Func<IncomingRefund, TValue> value) => [.. refunds.Select(value)];
}
