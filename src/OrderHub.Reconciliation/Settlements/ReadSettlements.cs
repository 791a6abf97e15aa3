using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <param name="HasLateEntries">The ledger has entries of that day that this revision has not seen: settle again.</param>
internal sealed record SettlementListRow(SettledDay Settled, bool HasLateEntries);

/// <param name="Next">Keyset: ask for days before it; null on the last page.</param>
internal sealed record SettlementListPage(IReadOnlyList<SettlementListRow> Rows, DateOnly? Next);

/// <param name="RatePercent">The platform's commission, e.g. <c>0.60</c>.</param>
internal sealed record ReceivableRow(int ShopId, string PlatformOrderNo, string OrderNo, DateTimeOffset PaidAt, long ReceivableFen, decimal RatePercent, long FeeFen);

/// <param name="At">Of the refund; of the commission's return where that alone falls on this day.</param>
internal sealed record RefundedRow(int ShopId, string PlatformOrderNo, string RefundNo, DateTimeOffset At, long RefundFen, long FeeReversalFen);

/// <summary>Everything a revision is made of; the documents add up to its lines.</summary>
internal sealed record SettlementDetail(SettledDay Settled, bool HasLateEntries, IReadOnlyList<int> Revisions, IReadOnlyList<ReceivableRow> Receivables,
    IReadOnlyList<RefundedRow> Refunds, IReadOnlyList<ShippedOrderRow> Unsigned, IReadOnlyDictionary<int, string> ShopNames);

internal sealed class ReadSettlements(HubDatabase database, ICatalog catalog)
{
    public const int PageSize = 31;
    private const string Late = "exists (select 1 from reconciliation_money_entries e where e.business_day = s.day and e.id > s.last_entry_id)";

    /// <summary>Newest day first, each with its newest revision.</summary>
    public async Task<SettlementListPage> PageAsync(DateOnly? before, CancellationToken ct)
    {
        var rows = await database.QueryAsync($"""
            select {SettlementBook.Columns}, {Late} from (
                select distinct on (day) * from reconciliation_settlements where day < $1 order by day desc, revision desc limit $2) s
            """, r => new SettlementListRow(SettlementBook.Read(r), r.GetBoolean(7)), ct, before ?? DateOnly.MaxValue.AddDays(-1), PageSize + 1);
        var more = rows.Count > PageSize;
        if (more) rows.RemoveAt(PageSize);
        var lines = (await database.QueryAsync($"select settlement_id, {SettlementBook.LineColumns} from reconciliation_settlement_lines where settlement_id = any($1) order by shop_id",
            r => (Id: r.GetInt64(0), Line: new SettlementLine(r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7))),
            ct, rows.Select(r => r.Settled.Id).ToArray())).ToLookup(l => l.Id, l => l.Line);
        return new([.. rows.Select(r => r with { Settled = r.Settled with { Lines = [.. lines[r.Settled.Id]] } })], more ? rows[^1].Settled.Day : null);
    }

    /// <param name="revision">Null = the newest.</param>
    /// <param name="atMost">Documents of each sort; null = all.</param>
    /// <returns>Null when the day, or that revision of it, is not settled.</returns>
    public async Task<SettlementDetail?> DetailAsync(DateOnly day, int? revision, int? atMost, CancellationToken ct)
    {
        var found = await database.QueryAsync($"select {SettlementBook.Columns}, {Late} from reconciliation_settlements s where day = $1 order by revision desc",
            r => new SettlementListRow(SettlementBook.Read(r), r.GetBoolean(7)), ct, day);
        if ((revision is { } wanted ? found.Find(s => s.Settled.Revision == wanted) : found.FirstOrDefault()) is not { } chosen) return null;
        var settled = chosen.Settled with
        {
            Lines = await database.QueryAsync($"select {SettlementBook.LineColumns} from reconciliation_settlement_lines where settlement_id = $1 order by shop_id", SettlementBook.ReadLine, ct, chosen.Settled.Id),
        };
        var unsigned = await database.QueryAsync("select order_id, shop_id, platform_order_no, shipped_at, paid_fen from reconciliation_unsigned_shipments where settlement_id = $1 order by shop_id, shipped_at, order_id limit $2::bigint",
            r => new ShippedOrderRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt64(4)), ct, settled.Id, (long?)atMost);
        var names = (await catalog.CurrentAsync(ct)).Shops.ToDictionary(s => s.Id, s => s.Name);
        return new(settled, chosen.HasLateEntries && settled.Id == found[0].Settled.Id, [.. found.Select(s => s.Settled.Revision)],
            await ReceivablesAsync(settled, atMost, ct), await RefundsAsync(settled, atMost, ct), unsigned, names);
    }

    private async Task<IReadOnlyList<ReceivableRow>> ReceivablesAsync(SettledDay settled, int? atMost, CancellationToken ct) => await database.QueryAsync("""
        select p.shop_id, p.platform_order_no, p.order_id, p.at, p.amount_fen, f.fee_basis_points, f.amount_fen
          from reconciliation_money_entries p join reconciliation_money_entries f on f.order_id = p.order_id and f.kind = 2
         where p.business_day = $1 and p.kind = 1 and p.id <= $2 order by p.shop_id, p.at, p.id limit $3::bigint
        """, r => new ReceivableRow(r.GetInt32(0), r.GetString(1), OrderNo.From(r.GetInt64(2)), r.GetFieldValue<DateTimeOffset>(3), r.GetInt64(4), r.GetInt32(5) / 100m, r.GetInt64(6)),
        ct, settled.Day, settled.LastEntryId, (long?)atMost);

    private async Task<IReadOnlyList<RefundedRow>> RefundsAsync(SettledDay settled, int? atMost, CancellationToken ct) => await database.QueryAsync("""
        select shop_id, platform_order_no, refund_no, min(at) filter (where kind = 4), min(at),
               coalesce(sum(amount_fen) filter (where kind = 4), 0)::bigint, coalesce(sum(amount_fen) filter (where kind = 3), 0)::bigint
          from (select *, regexp_replace(document, '^[^:]*:[^:]*:', '') as refund_no from reconciliation_money_entries
                 where business_day = $1 and kind in (3, 4) and id <= $2) e
         group by shop_id, platform_order_no, refund_no order by shop_id, min(at), refund_no limit $3::bigint
        """, r => new RefundedRow(r.GetInt32(0), r.GetString(1), r.GetString(2), r.Nullable<DateTimeOffset>(3) ?? r.GetFieldValue<DateTimeOffset>(4), r.GetInt64(5), r.GetInt64(6)),
        ct, settled.Day, settled.LastEntryId, (long?)atMost);
}
