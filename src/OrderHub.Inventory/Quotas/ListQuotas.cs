using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Inventory.Quotas;

internal enum QuotaView { Living, Coming, Ended }

internal sealed record QuotaRow(long Id, QuotaKind Kind, Sku? Sku, WarehouseName? Warehouse, Shop? Shop, int Quantity, int Used, DateTimeOffset FromAt, DateTimeOffset UntilAt, string Reason, string CreatedBy, DateTimeOffset? EndedAt)
{
    public int Left => Quantity - Used;
}

internal sealed record QuotaChoices(IReadOnlyList<Shop> Shops, IReadOnlyList<WarehouseName> Warehouses);

internal sealed class ListQuotas(HubDatabase database, ICatalog catalog, IWarehouseNames names, TimeProvider clock)
{
    private const int Most = 300;

    /// <param name="skuId">Null = of all SKUs.</param>
    public async Task<IReadOnlyList<QuotaRow>> ReadAsync(QuotaView view, int? skuId, CancellationToken ct)
    {
        var snapshot = await catalog.CurrentAsync(ct);
        var warehouses = (await names.AllAsync(ct)).ToDictionary(w => w.Id);
        var which = view switch
        {
            QuotaView.Living => "ended_at is null and from_at <= $1",
            QuotaView.Coming => "ended_at is null and from_at > $1",
            _ => "ended_at is not null and $1 is not null",
        };
        return await database.QueryAsync($"""
            select id, kind, sku_id, warehouse_id, shop_id, quantity, used, from_at, until_at, reason, created_by, ended_at
              from inventory_quotas where {which} and ($2 = 0 or sku_id = $2) order by {(view == QuotaView.Ended ? "ended_at desc" : "until_at")}, id limit {Most}
            """, r => new QuotaRow(r.GetInt64(0), (QuotaKind)r.GetInt16(1), snapshot.Sku(r.GetInt32(2)), warehouses.GetValueOrDefault(r.Nullable<int>(3) ?? 0), snapshot.Shop(r.GetInt32(4)), r.GetInt32(5), r.GetInt32(6),
                r.GetFieldValue<DateTimeOffset>(7), r.GetFieldValue<DateTimeOffset>(8), r.GetString(9), r.GetString(10), r.Nullable<DateTimeOffset>(11)), ct, clock.GetUtcNow(), skuId ?? 0);
    }

    public async Task<QuotaChoices> ChoicesAsync(CancellationToken ct) =>
        new([.. (await catalog.CurrentAsync(ct)).Shops.Where(s => s.Active).OrderBy(s => s.Id)], [.. (await names.AllAsync(ct)).Where(w => w.Active)]);
}
