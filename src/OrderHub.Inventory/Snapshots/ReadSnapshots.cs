using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Snapshots;

internal sealed record SnapshotHead(long Id, string SnapshotId, int WarehouseId, string Warehouse, DateTimeOffset TakenAt, DateTimeOffset ReceivedAt, string Actor, bool IsComplete, string? DocumentNo, int Lines, int Differing, int Unexplained, int InTransitDiffering);

/// <summary>What one of our documents did to a SKU in that warehouse between the snapshot's time and its arrival, and what it may do yet.</summary>
/// <param name="No">Null = all shipments to customers together.</param>
/// <param name="InTransit">Change of what is in transit.</param>
/// <param name="Arriving">Still under way when the snapshot came in.</param>
/// <param name="Leaving">Planned and not shipped when the snapshot came in.</param>
/// <param name="Count">How many documents these are.</param>
internal sealed record BillDocument(int SkuId, MovementKind Kind, string? No, int OnHand, int InTransit, int Arriving, int Leaving, int Count, DateTimeOffset At);

/// <param name="OurInTransit">At the snapshot's time.</param>
/// <param name="Because">The documents that explain a difference or may, newest first; <paramref name="More"/> are not listed.</param>
internal sealed record BillLine(int LineNo, Sku? Sku, string Code, Difference Difference, int? TheirInTransit, int OurInTransit, int Reserved, int Unexplained, IReadOnlyList<BillDocument> Because, int More)
{
    public bool IsUnknown => Sku is null;

    /// <summary>Theirs − ours; null where they do not say.</summary>
    public int? InTransitDifference => TheirInTransit - OurInTransit;
}

internal sealed record SnapshotBill(SnapshotHead Head, IReadOnlyList<BillLine> Lines)
{
    public long UnexplainedFen => Lines.Sum(l => l.Unexplained * (l.Sku?.CostFen ?? 0));
}

internal sealed class ReadSnapshots(HubDatabase database, ICatalog catalog, IWarehouseNames names)
{
    private const int Most = 200, DocumentsPerLine = 10;

    /// <summary>Of a line; their in transit may be unknown, which is no difference.</summary>
    private const string Differs = "(their_on_hand <> our_on_hand or unexplained <> 0 or coalesce(their_in_transit <> our_in_transit, false))";

    public Task<IReadOnlyList<SnapshotHead>> ListAsync(CancellationToken ct) => HeadsAsync(0, ct);

    /// <param name="all">False: only lines that differ.</param>
    public async Task<Result<SnapshotBill>> ReadAsync(long id, bool all, CancellationToken ct)
    {
        if (await HeadsAsync(id, ct) is not [var head]) return InventoryErrors.SnapshotUnknown;
        var snapshot = await catalog.CurrentAsync(ct);
        var because = await BecauseAsync(head, ct);
        var lines = await database.QueryAsync($"""
            select line_no, sku_id, code, their_on_hand, our_on_hand, moved_since, arriving, leaving, their_in_transit, our_in_transit, reserved, unexplained
              from inventory_snapshot_lines where snapshot_key = $1 and ($2 or {Differs})
             order by abs(unexplained) desc, abs(their_on_hand - our_on_hand) desc, abs(coalesce(their_in_transit - our_in_transit, 0)) desc, line_no
            """, r =>
        {
            var sku = r.Nullable<int>(1);
            var (documents, more) = sku is null ? ([], 0) : because.GetValueOrDefault(sku.Value, ([], 0));
            return new BillLine(r.GetInt32(0), sku is null ? null : snapshot.Sku(sku.Value), r.GetString(2), new Difference(r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7)), r.Nullable<int>(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), documents, more);
        }, ct, id, all);
        return new SnapshotBill(head, lines);
    }

    /// <summary>By SKU, for all lines that differ. The ledger says it as of the snapshot's arrival, so a bill reads the same whenever it is opened.</summary>
    private async Task<Dictionary<int, (IReadOnlyList<BillDocument> Documents, int More)>> BecauseAsync(SnapshotHead head, CancellationToken ct) => (await database.QueryAsync($"""
        with k as (select distinct sku_id from inventory_snapshot_lines where snapshot_key = $1 and sku_id is not null and {Differs}),
        under_way as (
          select distinct k.sku_id, d.id, d.no, d.kind, d.created_at, d.warehouse_id, case d.kind when 1 then 'receipt:' when 2 then 'transfer:' else 'return:' end || d.no as document
            from k join inventory_document_lines l on l.sku_id = k.sku_id join inventory_documents d on d.id = l.document_id
           where d.kind in (1, 2, 5) and $2 in (d.warehouse_id, d.from_warehouse_id) and d.created_at <= $4 and (d.closed_at is null or d.closed_at > $4)),
        said as (
          select k.sku_id, m.kind, case when m.kind <> 3 then substr(m.document, strpos(m.document, ':') + 1) end as no, coalesce(sum(m.delta) filter (where m.bucket = 1), 0) as on_hand,
                 coalesce(sum(m.delta) filter (where m.bucket <> 1), 0) as in_transit, 0 as arriving, 0 as leaving, count(distinct m.document) as documents, max(m.at) as at
            from k join inventory_movements m on m.sku_id = k.sku_id and m.warehouse_id = $2 and m.bucket in (1, 4, 5, 6) and m.at > $3 and m.at <= $4
           group by 1, 2, 3
          union all
          select u.sku_id, case u.kind when 1 then 1 when 2 then 4 else 6 end, u.no, 0, 0, sum(m.delta), 0, 1, u.created_at
            from under_way u join inventory_movements m on m.document = u.document and m.kind <> 3 and m.sku_id = u.sku_id and m.warehouse_id = $2 and m.bucket in (4, 5, 6) and m.at <= $4
           group by u.sku_id, u.kind, u.no, u.created_at having sum(m.delta) > 0
          union all
          select u.sku_id, 4, u.no, 0, 0, 0, sum(l.quantity), 1, u.created_at
            from under_way u join inventory_document_lines l on l.document_id = u.id and l.sku_id = u.sku_id
           where u.kind = 2 and u.warehouse_id <> $2 and not exists (select from inventory_movements m where m.document = u.document and m.kind <> 3 and m.at <= $4)
           group by u.sku_id, u.no, u.created_at),
        listed as (
          select sku_id, kind, no, sum(on_hand)::int, sum(in_transit)::int, sum(arriving)::int, sum(leaving)::int, max(documents)::int as documents, max(at) as at,
                 row_number() over (partition by sku_id order by max(at) desc, no) as place, (count(*) over (partition by sku_id))::int as entries
            from said group by sku_id, kind, no having sum(on_hand) <> 0 or sum(in_transit) <> 0 or sum(arriving) <> 0 or sum(leaving) <> 0)
        select * from listed where place <= {DocumentsPerLine} order by sku_id, place
        """, r => (Document: new BillDocument(r.GetInt32(0), (MovementKind)r.GetInt32(1), r.Text(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetFieldValue<DateTimeOffset>(8)), Entries: r.GetInt32(10)),
        ct, head.Id, head.WarehouseId, head.TakenAt, head.ReceivedAt))
        .GroupBy(d => d.Document.SkuId).ToDictionary(g => g.Key, g => ((IReadOnlyList<BillDocument>)[.. g.Select(d => d.Document)], g.First().Entries - g.Count()));

    /// <param name="id">0 = the newest of all.</param>
    private async Task<IReadOnlyList<SnapshotHead>> HeadsAsync(long id, CancellationToken ct)
    {
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        return await database.QueryAsync($"""
            select s.id, s.snapshot_id, s.warehouse_id, s.taken_at, s.received_at, s.actor, s.is_complete, s.document_no, l.lines, l.differing, l.unexplained, l.in_transit
              from inventory_snapshots s
             cross join lateral (select count(*)::int as lines, (count(*) filter (where their_on_hand <> our_on_hand))::int as differing, (count(*) filter (where unexplained <> 0))::int as unexplained, (count(*) filter (where their_in_transit <> our_in_transit))::int as in_transit from inventory_snapshot_lines where snapshot_key = s.id) l
             where $1 = 0 or s.id = $1 order by s.id desc limit {Most}
            """, r => new SnapshotHead(r.GetInt64(0), r.GetString(1), r.GetInt32(2), warehouses.GetValueOrDefault(r.GetInt32(2), "—"), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4), r.GetString(5), r.GetBoolean(6), r.Text(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11)), ct, id);
    }
}
