using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Snapshots;

internal sealed record SnapshotHead(long Id, string SnapshotId, int WarehouseId, string Warehouse, DateTimeOffset TakenAt, DateTimeOffset ReceivedAt, string Actor, bool IsComplete, string? DocumentNo, int Lines, int Differing, int Unexplained);

/// <param name="Because">Our documents between the snapshot's time and its arrival, newest first.</param>
internal sealed record BillLine(int LineNo, Sku? Sku, string Code, Difference Difference, int? TheirInTransit, int OurInTransit, int Reserved, int Unexplained, IReadOnlyList<MovementLine> Because)
{
    public bool IsUnknown => Sku is null;
}

internal sealed record SnapshotBill(SnapshotHead Head, IReadOnlyList<BillLine> Lines)
{
    public long UnexplainedFen => Lines.Sum(l => l.Unexplained * (l.Sku?.CostFen ?? 0));
}

internal sealed class ReadSnapshots(HubDatabase database, ICatalog catalog, IWarehouseNames names)
{
    private const int Most = 200, DocumentsPerSku = 10;

    public Task<IReadOnlyList<SnapshotHead>> ListAsync(CancellationToken ct) => HeadsAsync(0, ct);

    /// <param name="all">False: only lines that differ.</param>
    public async Task<Result<SnapshotBill>> ReadAsync(long id, bool all, CancellationToken ct)
    {
        if (await HeadsAsync(id, ct) is not [var head]) return InventoryErrors.SnapshotUnknown;
        var snapshot = await catalog.CurrentAsync(ct);
        var because = (await database.QueryAsync($"""
            select {MovementLine.Columns} from inventory_snapshot_lines l
             cross join lateral (select * from inventory_movements where sku_id = l.sku_id and warehouse_id = $2 and bucket = 1 and at > $3 and at <= $4 order by id desc limit {DocumentsPerSku}) m
             where l.snapshot_key = $1 and l.moved_since <> 0 order by m.id desc
            """, MovementLine.Read, ct, id, head.WarehouseId, head.TakenAt, head.ReceivedAt)).ToLookup(m => m.SkuId);
        var lines = await database.QueryAsync($"""
            select line_no, sku_id, code, their_on_hand, our_on_hand, moved_since, arriving, leaving, their_in_transit, our_in_transit, reserved, unexplained
              from inventory_snapshot_lines where snapshot_key = $1 and ($2 or their_on_hand <> our_on_hand or unexplained <> 0 or their_in_transit <> our_in_transit)
             order by abs(unexplained) desc, abs(their_on_hand - our_on_hand) desc, line_no
            """, r =>
        {
            var sku = r.Nullable<int>(1);
            return new BillLine(r.GetInt32(0), sku is null ? null : snapshot.Sku(sku.Value), r.GetString(2), new Difference(r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7)), r.Nullable<int>(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), sku is null ? [] : [.. because[sku.Value]]);
        }, ct, id, all);
        return new SnapshotBill(head, lines);
    }

    /// <param name="id">0 = the newest of all.</param>
    private async Task<IReadOnlyList<SnapshotHead>> HeadsAsync(long id, CancellationToken ct)
    {
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        return await database.QueryAsync($"""
            select s.id, s.snapshot_id, s.warehouse_id, s.taken_at, s.received_at, s.actor, s.is_complete, s.document_no, l.lines, l.differing, l.unexplained
              from inventory_snapshots s
             cross join lateral (select count(*)::int as lines, (count(*) filter (where their_on_hand <> our_on_hand))::int as differing, (count(*) filter (where unexplained <> 0))::int as unexplained from inventory_snapshot_lines where snapshot_key = s.id) l
             where $1 = 0 or s.id = $1 order by s.id desc limit {Most}
            """, r => new SnapshotHead(r.GetInt64(0), r.GetString(1), r.GetInt32(2), warehouses.GetValueOrDefault(r.GetInt32(2), "—"), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4), r.GetString(5), r.GetBoolean(6), r.Text(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10)), ct, id);
    }
}
