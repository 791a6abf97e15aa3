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

    /// <summary>Documents that are booked already are left as they are.</summary>
    public static async Task BookAsync(this HubTransaction tx, IReadOnlyList<NewEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        await tx.ExecuteAsync("""
            insert into reconciliation_money_entries (business_day, shop_id, kind, platform_order_no, order_id, document, amount_fen, fee_basis_points, at)
            select * from unnest($1::date[], $2::int[], $3::smallint[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::int[], $9::timestamptz[])
            on conflict (document) do nothing
            """, ct,
            Column(entries, e => ShopTime.BusinessDay(e.At)), Column(entries, e => e.ShopId), Column(entries, e => (short)e.Kind),
            Column(entries, e => e.PlatformOrderNo), Column(entries, e => e.OrderId), Column(entries, e => e.Document),
            Column(entries, e => e.AmountFen), Column(entries, e => e.FeeBasisPoints), Column(entries, e => e.At.ToUniversalTime()));
    }

    private static T[] Column<T>(IReadOnlyList<NewEntry> entries, Func<NewEntry, T> value) => [.. entries.Select(value)];
}
