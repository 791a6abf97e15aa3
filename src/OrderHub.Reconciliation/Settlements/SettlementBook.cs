using Npgsql;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>One revision with its figures.</summary>
internal sealed record SettledDay(long Id, DateOnly Day, int Revision, DateTimeOffset SettledAt, string SettledBy, DateTimeOffset ConfirmedAt, long LastEntryId, IReadOnlyList<SettlementLine> Lines)
{
    public bool Provisional => ConfirmedAt < ShopTime.StartOf(Day.AddDays(1));
    public SettlementLine Total => SettlementLine.Sum(Lines);
}

/// <summary>Reads and writes settlements inside a transaction.</summary>
internal static class SettlementBook
{
    /// <returns>The day's figures per shop without <see cref="SettlementLine.ShippedNotSigned"/>, and the last entry they contain.</returns>
    public static async Task<(List<SettlementLine> Lines, long LastEntryId)> LedgerOfAsync(this HubTransaction tx, DateOnly day, CancellationToken ct)
    {
        var sums = await tx.QueryAsync("""
            select shop_id, count(*) filter (where kind = 1),
                   coalesce(sum(amount_fen) filter (where kind = 1), 0)::bigint, coalesce(sum(amount_fen) filter (where kind = 2), 0)::bigint,
                   coalesce(sum(amount_fen) filter (where kind = 3), 0)::bigint, coalesce(sum(amount_fen) filter (where kind = 4), 0)::bigint, max(id)
              from reconciliation_money_entries where business_day = $1 group by shop_id order by shop_id
            """, r => (Line: new SettlementLine(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), 0), Last: r.GetInt64(6)), ct, day);
        return ([.. sums.Select(s => s.Line)], sums.Count == 0 ? 0 : sums.Max(s => s.Last));
    }

    public static async Task<SettledDay?> NewestAsync(this HubTransaction tx, DateOnly day, CancellationToken ct)
    {
        var settled = await tx.QueryAsync($"select {Columns} from reconciliation_settlements where day = $1 order by revision desc limit 1", Read, ct, day);
        if (settled.Count == 0) return null;
        return settled[0] with { Lines = await tx.QueryAsync($"select {LineColumns} from reconciliation_settlement_lines where settlement_id = $1 order by shop_id", ReadLine, ct, settled[0].Id) };
    }

    public static Task<List<long>> UnsignedOrdersAsync(this HubTransaction tx, long settlementId, CancellationToken ct) =>
        tx.QueryAsync("select order_id from reconciliation_unsigned_shipments where settlement_id = $1 order by order_id", r => r.GetInt64(0), ct, settlementId);

    public static Task ConfirmAsync(this HubTransaction tx, long settlementId, DateTimeOffset now, CancellationToken ct) =>
        tx.ExecuteAsync("update reconciliation_settlements set confirmed_at = $2 where id = $1", ct, settlementId, now);

    public static async Task WriteAsync(this HubTransaction tx, SettledDay settled, IReadOnlyList<ShippedOrderRow> unsigned, CancellationToken ct)
    {
        var id = (await tx.QueryAsync("""
            insert into reconciliation_settlements (day, revision, settled_at, settled_by, confirmed_at, last_entry_id) values ($1, $2, $3, $4, $5, $6) returning id
            """, r => r.GetInt64(0), ct, settled.Day, settled.Revision, settled.SettledAt, settled.SettledBy, settled.ConfirmedAt, settled.LastEntryId))[0];
        await tx.ExecuteAsync("""
            insert into reconciliation_settlement_lines (settlement_id, shop_id, orders, receivable_fen, fee_fen, fee_reversal_fen, refund_fen, net_fen, shipped_not_signed)
            select $1, * from unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
            """, ct, id, Column(settled.Lines, l => l.ShopId), Column(settled.Lines, l => l.Orders), Column(settled.Lines, l => l.ReceivableFen), Column(settled.Lines, l => l.FeeFen),
            Column(settled.Lines, l => l.FeeReversalFen), Column(settled.Lines, l => l.RefundFen), Column(settled.Lines, l => l.NetFen), Column(settled.Lines, l => l.ShippedNotSigned));
        await tx.ExecuteAsync("""
            insert into reconciliation_unsigned_shipments (settlement_id, order_id, shop_id, platform_order_no, shipped_at, paid_fen)
            select $1, * from unnest($2::bigint[], $3::int[], $4::text[], $5::timestamptz[], $6::bigint[])
            """, ct, id, Column(unsigned, u => u.OrderId), Column(unsigned, u => u.ShopId), Column(unsigned, u => u.PlatformOrderNo),
            Column(unsigned, u => u.ShippedAt.ToUniversalTime()), Column(unsigned, u => u.PaidFen));
    }

    public const string Columns = "id, day, revision, settled_at, settled_by, confirmed_at, last_entry_id";
    public const string LineColumns = "shop_id, orders, receivable_fen, fee_fen, fee_reversal_fen, refund_fen, shipped_not_signed";

    public static SettledDay Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<DateOnly>(1), r.GetInt32(2), r.GetFieldValue<DateTimeOffset>(3), r.GetString(4),
        r.GetFieldValue<DateTimeOffset>(5), r.GetInt64(6), []);

    public static SettlementLine ReadLine(NpgsqlDataReader r) => new(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6));

    private static TValue[] Column<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value) => [.. rows.Select(value)];
}
