using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

/// <summary>An adjustment as people and programs name it.</summary>
internal sealed record AdjustmentByCode(string Sku, string Warehouse, int Delta, string Reason, string IdempotencyKey);

internal sealed class AdjustByCode(ICatalog catalog, IWarehouseNames names, IStockAdjustments adjustments, CurrentActor current)
{
    public async Task<Result<AdjustmentOutcome>> AdjustAsync(AdjustmentByCode adjustment, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).SkuByCode(adjustment.Sku) is not { } sku) return InventoryErrors.SkuUnknown(adjustment.Sku);
        var warehouse = (await names.AllAsync(ct)).FirstOrDefault(w => w.Code.Equals(adjustment.Warehouse, StringComparison.OrdinalIgnoreCase));
        if (warehouse is null) return InventoryErrors.WarehouseUnknown(adjustment.Warehouse);
        if (current.WarehouseId is { } own && own != warehouse.Id) return InventoryErrors.OtherWarehouse;
        return await adjustments.AdjustAsync(new StockAdjustment(adjustment.IdempotencyKey, sku.Id, warehouse.Id, adjustment.Delta, adjustment.Reason.Trim()), current.Actor, ct);
    }
}
