using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Ledger;

/// <param name="Ended">False: held now, the oldest first. True: past holds, the last ended first.</param>
/// <param name="Behind">Last line of the page before.</param>
internal sealed record ReservationQuery(int SkuId, int? WarehouseId, bool Ended, ReservationLine? Behind, int Limit = 30);

/// <param name="Reason">Why it holds.</param>
/// <param name="EndReason">0 = shipped, else a release reason; null = still held.</param>
internal sealed record ReservationLine(long OrderId, int WarehouseId, int Quantity, HoldReason Reason, DateTimeOffset Since, DateTimeOffset? EndedAt, short? EndReason);

internal sealed record ReservationPage(IReadOnlyList<ReservationLine> Lines, bool HasMore);

/// <summary>Who holds or held a SKU.</summary>
internal sealed class ReadReservations(HubDatabase database)
{
    private const string Columns = "order_id, warehouse_id, quantity, reason, since, ended_at, end_reason";

    public async Task<ReservationPage> ReadAsync(ReservationQuery query, CancellationToken ct)
    {
        var behind = query.Behind;
        var sql = query.Ended
            ? $"""
              select {Columns} from inventory_reservations
               where sku_id = $1 and ($2 = 0 or warehouse_id = $2) and ended_at is not null and (ended_at, order_id, warehouse_id) < ($3, $4, $5)
               order by ended_at desc, order_id desc, warehouse_id desc limit $6
              """
            : $"""
              select {Columns} from inventory_reservations
               where sku_id = $1 and ($2 = 0 or warehouse_id = $2) and ended_at is null and (since, order_id, warehouse_id) > ($3, $4, $5)
               order by since, order_id, warehouse_id limit $6
              """;
        var from = query.Ended ? behind?.EndedAt ?? DateTimeOffset.MaxValue : behind?.Since ?? DateTimeOffset.MinValue;
        var lines = await database.QueryAsync(sql,
            r => new ReservationLine(r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), (HoldReason)r.GetInt16(3), r.GetFieldValue<DateTimeOffset>(4), r.Nullable<DateTimeOffset>(5), r.Nullable<short>(6)),
            ct, query.SkuId, query.WarehouseId ?? 0, from, behind?.OrderId ?? (query.Ended ? long.MaxValue : 0), behind?.WarehouseId ?? 0, query.Limit + 1);
        var more = lines.Count > query.Limit;
        if (more) lines.RemoveAt(query.Limit);
        return new ReservationPage(lines, more);
    }
}
