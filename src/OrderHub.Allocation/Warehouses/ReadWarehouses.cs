using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Warehouses;

/// <param name="OrdersToday">Counted only while the warehouse has a daily capacity.</param>
internal sealed record WarehouseLoad(Warehouse Warehouse, int OrdersToday)
{
    public bool IsFull => Warehouse.DailyCapacity is { } capacity && OrdersToday >= capacity;
}

internal sealed class ReadWarehouses(HubDatabase database, IFulfilmentNetwork network, TimeProvider clock)
{
    public async Task<IReadOnlyList<WarehouseLoad>> ReadAsync(CancellationToken ct)
    {
        var loads = (await database.QueryAsync("select warehouse_id, orders from allocation_loads where day = $1", r => KeyValuePair.Create(r.GetInt32(0), r.GetInt32(1)), ct,
            ShopTime.BusinessDay(clock.GetUtcNow()))).ToDictionary();
        return [.. (await network.CurrentAsync(ct)).Warehouses.OrderBy(w => !w.Active).ThenBy(w => w.Priority).Select(w => new WarehouseLoad(w, loads.GetValueOrDefault(w.Id)))];
    }
}
