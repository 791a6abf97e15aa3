using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Variances;

/// <param name="Source">The count, or the outside warehouse's snapshot, that said so.</param>
/// <param name="SystemPieces">What the ledger and its documents explain for that moment.</param>
internal sealed record VarianceLine(DateTimeOffset At, string Source, string Address, bool IsCount, string Warehouse, Sku? Sku, int SystemPieces, int PhysicalPieces)
{
    public int Variance => PhysicalPieces - SystemPieces;
    public long VarianceFen => Variance * (Sku?.CostFen ?? 0);
}

/// <param name="Compared">SKUs looked at by counts and snapshots; the lines are those that differ.</param>
internal sealed record WeekReport(DateOnly Monday, int Compared, IReadOnlyList<VarianceLine> Lines)
{
    public long PiecesOver => Lines.Sum(l => Math.Max(0L, l.Variance));
    public long PiecesShort => Lines.Sum(l => Math.Max(0L, -l.Variance));
    public long NetFen => Lines.Sum(l => l.VarianceFen);

    /// <summary>Share of the compared SKUs that agreed; null = nothing was compared.</summary>
    public double? Accuracy => Compared == 0 ? null : (Compared - Lines.Count) / (double)Compared;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>System against physical stock over a week: every count, and what outside warehouses last reported beyond what documents explain.</summary>
internal sealed class CompareWeek(HubDatabase database, ICatalog catalog, IWarehouseNames names)
{
    public async Task<WeekReport> ReadAsync(DateOnly monday, CancellationToken ct)
    {
        var (from, until) = (ShopTime.StartOf(monday), ShopTime.StartOf(monday.AddDays(7)));
        var snapshot = await catalog.CurrentAsync(ct);
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        var counted = await database.QueryAsync("""
            select l.counted_at, d.no, d.warehouse_id, l.sku_id, l.system_quantity, l.quantity
              from inventory_documents d join inventory_document_lines l on l.document_id = d.id
             where d.kind = 4 and d.state in (2, 4) and l.counted_at >= $1 and l.counted_at < $2
             order by l.counted_at, d.no, l.line_no
            """, r => new VarianceLine(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), "/stock/documents/" + r.GetString(1), true, warehouses.GetValueOrDefault(r.GetInt32(2), "—"), snapshot.Sku(r.GetInt32(3)), r.GetInt32(4), r.GetInt32(5)), ct, from, until);
        // a daily feed says the same difference every day: only a warehouse's last word on a SKU counts, and a complete snapshot is its word on all of them
        var reported = await database.QueryAsync("""
            select * from (
                select distinct on (s.warehouse_id, l.sku_id) s.taken_at, s.snapshot_id, s.id, s.warehouse_id, l.sku_id, l.their_on_hand - l.unexplained, l.their_on_hand, l.line_no
                  from inventory_snapshots s join inventory_snapshot_lines l on l.snapshot_key = s.id
                 where s.taken_at >= $1 and s.taken_at < $2 and l.sku_id is not null
                   and not exists (select 1 from inventory_snapshots complete where complete.warehouse_id = s.warehouse_id and complete.is_complete
                                      and complete.taken_at < $2 and (complete.taken_at, complete.id) > (s.taken_at, s.id))
                 order by s.warehouse_id, l.sku_id, s.taken_at desc, s.id desc) latest
             order by taken_at, id, line_no
            """, r => new VarianceLine(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), $"/stock/snapshots/{r.GetInt64(2)}", false, warehouses.GetValueOrDefault(r.GetInt32(3), "—"), snapshot.Sku(r.GetInt32(4)), r.GetInt32(5), r.GetInt32(6)), ct, from, until);
        var all = counted.Concat(reported).ToList();
        return new WeekReport(monday, all.Count, [.. all.Where(l => l.Variance != 0).OrderBy(l => l.VarianceFen)]);
    }

    public async Task<IReadOnlyList<VarianceWeek>> WeeksAsync(CancellationToken ct) => await database.QueryAsync(
        "select monday, made_at, compared, differing, pieces_over, pieces_short, net_fen from inventory_variance_weeks order by monday desc limit 26",
        r => new VarianceWeek { Monday = r.GetFieldValue<DateOnly>(0), MadeAt = r.GetFieldValue<DateTimeOffset>(1), Compared = r.GetInt32(2), Differing = r.GetInt32(3), PiecesOver = r.GetInt64(4), PiecesShort = r.GetInt64(5), NetFen = r.GetInt64(6) }, ct);
}
