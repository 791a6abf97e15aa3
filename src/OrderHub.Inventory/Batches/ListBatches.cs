using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Settings;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Batches;

internal enum BatchView { All, Soon, Expired }

internal sealed record BatchRow(long Id, Sku? Sku, string Warehouse, string BatchNo, DateOnly? ExpiresOn, int? DaysLeft, int Quantity)
{
    public long ValueFen => Quantity * (Sku?.CostFen ?? 0);
}

internal sealed record BatchList(IReadOnlyList<BatchRow> Rows, int WarningDays, long Soon, long Expired);

/// <summary>Batches with pieces left, those that expire first on top.</summary>
internal sealed class ListBatches(HubDatabase database, ICatalog catalog, IWarehouseNames names, ReadSettings settings, TimeProvider clock)
{
    public const int Most = 500;

    public async Task<BatchList> ReadAsync(BatchView view, string? search, int most, CancellationToken ct)
    {
        var days = (await settings.ReadAsync(ct)).ExpiryWarningDays;
        var today = ShopTime.BusinessDay(clock.GetUtcNow());
        var snapshot = await catalog.CurrentAsync(ct);
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id, w => w.Name);
        var text = search?.Trim() ?? "";
        var where = view switch
        {
            BatchView.Soon => "expires_on >= $1 and expires_on <= $2",
            BatchView.Expired => "expires_on < $1",
            _ => "true",
        };
        var rows = await database.QueryAsync($"""
            select id, sku_id, warehouse_id, batch_no, expires_on, quantity from inventory_batches
             where quantity > 0 and {where} and ($3 = '' or batch_no ilike '%' || $3 || '%' or sku_id = $4) and $1 <= $2 order by expires_on nulls last, id limit $5
            """, r =>
        {
            var expires = r.Nullable<DateOnly>(4);
            return new BatchRow(r.GetInt64(0), snapshot.Sku(r.GetInt32(1)), warehouses.GetValueOrDefault(r.GetInt32(2), "—"), r.GetString(3), expires, expires?.DayNumber - today.DayNumber, r.GetInt32(5));
        }, ct, today, today.AddDays(days), text, snapshot.SkuByCode(text)?.Id ?? 0, most);
        var counts = (await database.QueryAsync("select count(*) filter (where expires_on >= $1 and expires_on <= $2), count(*) filter (where expires_on < $1) from inventory_batches where quantity > 0",
            r => (Soon: r.GetInt64(0), Expired: r.GetInt64(1)), ct, today, today.AddDays(days)))[0];
        return new BatchList(rows, days, counts.Soon, counts.Expired);
    }
}
