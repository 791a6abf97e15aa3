using OrderHub.Platform.Data;

namespace OrderHub.Reconciliation.MoneyLedger;

/// <summary>
/// Gives the commission on refunded money back, whichever news came first, the payment or the refund. Joins the caller's transaction,
/// which holds the ledger's lock.
/// </summary>
internal static class ReverseFees
{
    private sealed record Paid(long? OrderId, long PaidFen, int BasisPoints, DateTimeOffset At);
    private sealed record Refunded(int ShopId, string PlatformOrderNo, string Document, long AmountFen, DateTimeOffset At);

    public static async Task ReverseFeesAsync(this HubTransaction tx, IReadOnlyCollection<(int ShopId, string PlatformOrderNo)> orders, CancellationToken ct)
    {
        var (shops, numbers) = (orders.Select(o => o.ShopId).ToArray(), orders.Select(o => o.PlatformOrderNo).ToArray());
        var refunds = await tx.QueryAsync("""
            select e.shop_id, e.platform_order_no, e.document, e.amount_fen, e.at
              from (select distinct * from unnest($1::int[], $2::text[]) as u(shop_id, platform_order_no)) n
              join reconciliation_money_entries e using (shop_id, platform_order_no) where e.kind = 4 order by e.id
            """, r => new Refunded(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetFieldValue<DateTimeOffset>(4)), ct, shops, numbers);
        if (refunds.Count == 0) return;
        var payments = await PaymentsAsync(tx, refunds, ct);
        var reversals = new List<NewEntry>();
        foreach (var order in refunds.GroupBy(r => (r.ShopId, r.PlatformOrderNo)))
            if (payments.TryGetValue(order.Key, out var payment)) reversals.AddRange(Of(payment, [.. order]));
        await tx.BookAsync(reversals, ct);
    }

    private static async Task<Dictionary<(int, string), Paid>> PaymentsAsync(HubTransaction tx, List<Refunded> refunds, CancellationToken ct) =>
        (await tx.QueryAsync("""
            select p.shop_id, p.platform_order_no, p.order_id, p.amount_fen, f.fee_basis_points, p.at
              from (select distinct * from unnest($1::int[], $2::text[]) as u(shop_id, platform_order_no)) n
              join reconciliation_money_entries p on p.shop_id = n.shop_id and p.platform_order_no = n.platform_order_no and p.kind = 1
              join reconciliation_money_entries f on f.order_id = p.order_id and f.kind = 2
            """, r => (Key: (r.GetInt32(0), r.GetString(1)), Paid: new Paid(r.Nullable<long>(2), r.GetInt64(3), r.GetInt32(4), r.GetFieldValue<DateTimeOffset>(5))), ct,
            refunds.Select(r => r.ShopId).ToArray(), refunds.Select(r => r.PlatformOrderNo).ToArray())).ToDictionary(p => p.Key, p => p.Paid);

    /// <summary>On the refund's day; never before the day on which the fee itself was booked.</summary>
    private static IEnumerable<NewEntry> Of(Paid payment, IReadOnlyList<Refunded> refunds) =>
        PlatformFee.Reversals(payment.PaidFen, payment.BasisPoints, [.. refunds.Select(r => r.AmountFen)])
            .Zip(refunds, (fen, refund) => new NewEntry(refund.ShopId, MoneyKind.FeeReversal, refund.PlatformOrderNo, payment.OrderId,
                "fee-reversal:" + refund.Document["refund:".Length..], fen, refund.At > payment.At ? refund.At : payment.At))
            .Where(entry => entry.AmountFen > 0);
}
