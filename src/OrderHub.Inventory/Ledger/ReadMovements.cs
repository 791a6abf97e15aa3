using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Ledger;

/// <param name="WarehouseId">Null = all warehouses.</param>
/// <param name="BeforeId">Older than this movement; null = from the newest.</param>
internal sealed record MovementQuery(int SkuId, int? WarehouseId, long? BeforeId, int Limit = 30);

internal sealed record MovementLine(long Id, DateTimeOffset At, int SkuId, int WarehouseId, MovementKind Kind, Bucket Bucket, int Delta, int BalanceAfter, string Document, string Actor, string? Reason)
{
    public const string Columns = "m.id, m.at, m.sku_id, m.warehouse_id, m.kind, m.bucket, m.delta, m.balance_after, m.document, m.actor, m.reason";

    public static MovementLine Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), r.GetInt32(3), (MovementKind)r.GetInt16(4), (Bucket)r.GetInt16(5),
        r.GetInt32(6), r.GetInt32(7), r.GetString(8), r.GetString(9), r.Text(10));
}

internal sealed record MovementPage(IReadOnlyList<MovementLine> Lines, bool HasMore);

/// <summary>A SKU's ledger, newest first.</summary>
internal sealed class ReadMovements(HubDatabase database)
{
    public async Task<MovementPage> ReadAsync(MovementQuery query, CancellationToken ct)
    {
        // one short walk of the index per warehouse, so that a SKU with a million movements opens as fast as a new one
        var lines = await database.QueryAsync($"""
            select {MovementLine.Columns}
              from inventory_stock s
              cross join lateral (
                select * from inventory_movements
                 where sku_id = s.sku_id and warehouse_id = s.warehouse_id and id < $3 order by id desc limit $4) m
             where s.sku_id = $1 and ($2 = 0 or s.warehouse_id = $2)
             order by m.id desc limit $4
            """, MovementLine.Read, ct, query.SkuId, query.WarehouseId ?? 0, query.BeforeId ?? long.MaxValue, query.Limit + 1);
        var more = lines.Count > query.Limit;
        if (more) lines.RemoveAt(query.Limit);
        return new MovementPage(lines, more);
    }
}
