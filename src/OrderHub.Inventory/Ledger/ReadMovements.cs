using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Ledger;

/// <param name="WarehouseId">Null = all warehouses.</param>
/// <param name="BeforeId">Older than this movement; null = from the newest.</param>
internal sealed record MovementQuery(int SkuId, int? WarehouseId, long? BeforeId, int Limit = 30);

internal sealed record MovementLine(long Id, DateTimeOffset At, int WarehouseId, MovementKind Kind, int Delta, int OnHandAfter, string Document, string Actor, string? Reason);

internal sealed record MovementPage(IReadOnlyList<MovementLine> Lines, bool HasMore);

/// <summary>A SKU's ledger, newest first.</summary>
internal sealed class ReadMovements(HubDatabase database)
{
    public async Task<MovementPage> ReadAsync(MovementQuery query, CancellationToken ct)
    {
        // one short walk of the index per warehouse, so that a SKU with a million movements opens as fast as a new one
        var lines = await database.QueryAsync("""
            select m.id, m.at, m.warehouse_id, m.kind, m.delta, m.on_hand_after, m.document, m.actor, m.reason
              from inventory_stock s
              cross join lateral (
                select * from inventory_movements
                 where sku_id = s.sku_id and warehouse_id = s.warehouse_id and id < $3 order by id desc limit $4) m
             where s.sku_id = $1 and ($2 = 0 or s.warehouse_id = $2)
             order by m.id desc limit $4
            """, r => new MovementLine(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), (MovementKind)r.GetInt16(3), r.GetInt32(4), r.GetInt32(5), r.GetString(6), r.GetString(7), r.Text(8)),
            ct, query.SkuId, query.WarehouseId ?? 0, query.BeforeId ?? long.MaxValue, query.Limit + 1);
        var more = lines.Count > query.Limit;
        if (more) lines.RemoveAt(query.Limit);
        return new MovementPage(lines, more);
    }
}
