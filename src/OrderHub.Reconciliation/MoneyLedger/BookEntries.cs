using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Reconciliation.MoneyLedger;

internal sealed record NewEntry(int ShopId, MoneyKind Kind, string PlatformOrderNo, long? OrderId, string Document, long AmountFen, DateTimeOffset At, int? FeeBasisPoints = null);

/// <summary>The only writer of the ledger. Joins the caller's transaction.</summary>
internal static class BookEntries
{
    /// <summary>
    /// One writer or settlement at a time, until the transaction ends: so ids grow in the order of commits, and a settlement's last id says
    /// exactly what it has seen.
    /// </summary>
    public static Task LockLedgerAsync(this HubTransaction tx, CancellationToken ct) =>
        tx.ExecuteAsync("select pg_advisory_xact_lock(hashtext('reconciliation.money-ledger'))", ct);

    /// <summary>
    /// Documents that are booked already are left as they are. Under the ledger's lock nobody books between the question and the writing, and a plain
    /// insert costs two thirds of one that looks out for conflicts.
    /// </summary>
    public static async Task BookAsync(this HubTransaction tx, IReadOnlyCollection<NewEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        var booked = (await tx.QueryAsync("""
            select document from reconciliation_money_entries where order_id = any($1) and kind in (1, 2)
            union all select document from reconciliation_money_entries where document = any($2) and kind in (3, 4)
            """, r => r.GetString(0), ct, entries.Where(e => e.Kind is MoneyKind.Receivable or MoneyKind.Fee).Select(e => e.OrderId!.Value).Distinct().ToArray(),
            entries.Where(e => e.Kind is MoneyKind.FeeReversal or MoneyKind.Refund).Select(e => e.Document).ToArray())).ToHashSet();
        var fresh = entries.Where(e => booked.Add(e.Document)).ToList();
        if (fresh.Count == 0) return;
        tx.Later("""
            insert into reconciliation_money_entries (business_day, shop_id, kind, platform_order_no, order_id, document, amount_fen, fee_basis_points, at)
            select * from unnest($1::date[], $2::int[], $3::smallint[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::int[], $9::timestamptz[])
            """, Column(fresh, e => ShopTime.BusinessDay(e.At)), Column(fresh, e => e.ShopId), Column(fresh, e => (short)e.Kind),
            Column(fresh, e => e.PlatformOrderNo), Column(fresh, e => e.OrderId), Column(fresh, e => e.Document),
            Column(fresh, e => e.AmountFen), Column(fresh, e => e.FeeBasisPoints), Column(fresh, e => e.At.ToUniversalTime()));
    }

    private static T[] Column<T>(IReadOnlyList<NewEntry> entries, Func<NewEntry, T> value) => [.. entries.Select(value)];
}
