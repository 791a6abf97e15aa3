using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Snapshots;

internal sealed record IncomingSnapshot(string SnapshotId, string Warehouse, DateTimeOffset TakenAt, bool Complete, IReadOnlyList<TheirLine> Lines);

internal sealed record TheirLine(string Sku, int OnHand, int? InTransit);

internal sealed record SnapshotAnswer(long Id, int Lines, int UnknownSkus, int Differing, int Unexplained);

/// <summary>Compares an outside warehouse's figures with ours, once per snapshot id, and keeps the bill as it stood at that moment.</summary>
internal sealed class ReceiveSnapshotHandler(HubDatabase database, ICatalog catalog, IWarehouseNames names, AuditTrail audit, CurrentActor current, TimeProvider clock)
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(31), ClockSkew = TimeSpan.FromMinutes(5);

    public async Task<Result<SnapshotAnswer>> ReceiveAsync(IncomingSnapshot incoming, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(incoming.SnapshotId) || incoming.SnapshotId.Length > 100) return InventoryErrors.SnapshotIdInvalid;
        if (incoming.TakenAt > now + ClockSkew || incoming.TakenAt < now - Oldest) return InventoryErrors.SnapshotTime;
        if (incoming.Lines.Count is 0 or > 20_000 || incoming.Lines.Any(l => l.OnHand < 0 || l.InTransit < 0 || string.IsNullOrWhiteSpace(l.Sku))) return InventoryErrors.SnapshotLines;
        var warehouse = (await names.AllAsync(ct)).FirstOrDefault(w => w.Code.Equals(incoming.Warehouse, StringComparison.OrdinalIgnoreCase));
        if (warehouse is null) return InventoryErrors.WarehouseUnknown(incoming.Warehouse);
        if (current.WarehouseId is { } own && own != warehouse.Id) return InventoryErrors.OtherWarehouse;
        var snapshot = await catalog.CurrentAsync(ct);

        return await database.RunAsync(async tx =>
        {
            await DocumentBook.OnceAsync(tx, $"snapshot:{warehouse.Id}:{incoming.SnapshotId}", ct);
            var known = await tx.QueryAsync("select id from inventory_snapshots where warehouse_id = $1 and snapshot_id = $2", r => r.GetInt64(0), ct, warehouse.Id, incoming.SnapshotId);
            if (known is [var earlier]) return await AnswerAsync(tx, earlier, ct);
            var id = (await tx.QueryAsync("insert into inventory_snapshots (snapshot_id, warehouse_id, taken_at, received_at, actor, is_complete) values ($1, $2, $3, $4, $5, $6) returning id", r => r.GetInt64(0), ct,
                incoming.SnapshotId, warehouse.Id, incoming.TakenAt.ToUniversalTime(), now, current.Actor.Name, incoming.Complete))[0];
            var theirs = incoming.Lines.GroupBy(l => l.Sku.Trim(), StringComparer.OrdinalIgnoreCase)
                .Select(g => new TheirLine(g.Key, g.Sum(l => l.OnHand), g.Any(l => l.InTransit is not null) ? g.Sum(l => l.InTransit ?? 0) : null)).ToList();
            if (incoming.Complete) theirs.AddRange((await UnnamedAsync(tx, warehouse.Id, theirs, snapshot, ct)).Select(code => new TheirLine(code, 0, null)));
            await CompareAsync(tx, id, warehouse.Id, incoming.TakenAt.ToUniversalTime(), theirs, snapshot, ct);
            var answer = await AnswerAsync(tx, id, ct);
            await audit.WriteAsync(tx, current.Actor, "inventory.snapshot_received", $"{warehouse.Code} {incoming.SnapshotId}", null, null, answer, ct);
            return answer;
        }, ct);
    }

    private static async Task<IEnumerable<string>> UnnamedAsync(HubTransaction tx, int warehouseId, List<TheirLine> theirs, CatalogSnapshot snapshot, CancellationToken ct)
    {
        var named = theirs.Select(t => snapshot.SkuByCode(t.Sku)?.Id).OfType<int>().ToHashSet();
        var ours = await tx.QueryAsync("select sku_id from inventory_stock where warehouse_id = $1 and on_hand > 0 order by sku_id", r => r.GetInt32(0), ct, warehouseId);
        return ours.Where(sku => !named.Contains(sku)).Select(sku => snapshot.Sku(sku)?.Code).OfType<string>();
    }

    /// <summary>One statement, so that all our figures are of one moment.</summary>
    private static async Task CompareAsync(HubTransaction tx, long id, int warehouseId, DateTimeOffset takenAt, List<TheirLine> theirs, CatalogSnapshot snapshot, CancellationToken ct)
    {
        var skus = theirs.Select(t => snapshot.SkuByCode(t.Sku)?.Id ?? 0).ToArray();
        var ours = (await tx.QueryAsync("""
            select k.sku_id, coalesce(s.on_hand, 0), coalesce(s.reserved, 0), coalesce(s.purchase_in_transit + s.transfer_in_transit + s.return_in_transit, 0), coalesce(m.moved, 0)::int, coalesce(m.in_transit, 0)::int, coalesce(o.leaving, 0)::int
              from (select distinct unnest($1) as sku_id) k
              left join inventory_stock s on s.sku_id = k.sku_id and s.warehouse_id = $2
              left join lateral (select sum(delta) filter (where bucket = 1) as moved, sum(delta) filter (where bucket in (4, 5, 6)) as in_transit
                                   from inventory_movements where sku_id = k.sku_id and warehouse_id = $2 and at > $3) m on true
              left join lateral (select sum(l.quantity) as leaving from inventory_documents d join inventory_document_lines l on l.document_id = d.id
                                  where d.state = 1 and d.kind = 2 and d.from_warehouse_id = $2 and l.sku_id = k.sku_id) o on true
            """, r => (Sku: r.GetInt32(0), OnHand: r.GetInt32(1), Reserved: r.GetInt32(2), InTransit: r.GetInt32(3) - r.GetInt32(5), Arriving: r.GetInt32(3) - Math.Min(0, r.GetInt32(5)), Moved: r.GetInt32(4), Leaving: r.GetInt32(6)), ct, skus, warehouseId, takenAt)).ToDictionary(o => o.Sku);
        var lines = theirs.Select((their, i) => (Their: their, Our: ours[skus[i]], No: i + 1)).Select(l => (l.Their, l.Our, l.No,
            Unexplained: l.Our.Sku == 0 ? l.Their.OnHand : new Difference(l.Their.OnHand, l.Our.OnHand, l.Our.Moved, l.Our.Arriving, l.Our.Leaving).Unexplained)).ToList();
        await tx.ExecuteAsync("""
            insert into inventory_snapshot_lines (snapshot_key, line_no, sku_id, code, their_on_hand, their_in_transit, our_on_hand, moved_since, our_in_transit, arriving, leaving, reserved, unexplained)
            select $1, n, nullif(s, 0), c, th, nullif(tt, -1), oh, mv, ot, ar, lv, rs, un from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as l(n, s, c, th, tt, oh, mv, ot, ar, lv, rs, un)
            """, ct, id, lines.Select(l => l.No).ToArray(), lines.Select(l => l.Our.Sku).ToArray(), lines.Select(l => l.Their.Sku).ToArray(), lines.Select(l => l.Their.OnHand).ToArray(), lines.Select(l => l.Their.InTransit ?? -1).ToArray(),
            lines.Select(l => l.Our.OnHand).ToArray(), lines.Select(l => l.Our.Moved).ToArray(), lines.Select(l => l.Our.InTransit).ToArray(), lines.Select(l => l.Our.Arriving).ToArray(), lines.Select(l => l.Our.Leaving).ToArray(), lines.Select(l => l.Our.Reserved).ToArray(), lines.Select(l => l.Unexplained).ToArray());
    }

    private static async Task<SnapshotAnswer> AnswerAsync(HubTransaction tx, long id, CancellationToken ct) => (await tx.QueryAsync("""
        select count(*)::int, (count(*) filter (where sku_id is null))::int, (count(*) filter (where their_on_hand <> our_on_hand))::int, (count(*) filter (where unexplained <> 0))::int from inventory_snapshot_lines where snapshot_key = $1
        """, r => new SnapshotAnswer(id, r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct, id))[0];
}
