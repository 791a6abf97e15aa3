using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <summary>A document as people and programs write it, by codes.</summary>
/// <param name="Key">One per filled-in form: sent twice it is one document.</param>
/// <param name="FromWarehouse">Of a transfer.</param>
internal sealed record DocumentDraft(DocumentKind Kind, string Key, string Warehouse, IReadOnlyList<DraftLine> Lines, string Reason = "", string Reference = "", string? FromWarehouse = null);

/// <param name="Quantity">See <see cref="DocumentLine.Quantity"/>; ignored for a count.</param>
internal sealed record DraftLine(string Sku, int Quantity, Bucket Bucket = Bucket.OnHand, string? BatchNo = null, DateOnly? ExpiresOn = null);

/// <summary>A draft whose codes are known and whose author may work there.</summary>
internal sealed record CheckedDraft(DocumentDraft Draft, int WarehouseId, int? FromWarehouseId, IReadOnlyList<(Sku Sku, DraftLine Line)> Lines);

internal sealed class CheckDraft(ICatalog catalog, IWarehouseNames names, CurrentActor current)
{
    public async Task<Result<CheckedDraft>> CheckAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Key) || draft.Key.Length > 100) return InventoryErrors.KeyInvalid;
        if (draft.Lines.Count == 0) return InventoryErrors.NoLines;
        var warehouses = await names.AllAsync(ct);
        if (Find(draft.Warehouse) is not { } warehouse) return InventoryErrors.WarehouseUnknown(draft.Warehouse);
        var from = draft.FromWarehouse is null ? null : Find(draft.FromWarehouse);
        if (draft.FromWarehouse is not null && from is null) return InventoryErrors.WarehouseUnknown(draft.FromWarehouse);
        if (from?.Id == warehouse.Id) return InventoryErrors.SameWarehouse;
        if (current.WarehouseId is { } own && own != warehouse.Id && own != from?.Id) return InventoryErrors.OtherWarehouse;

        var snapshot = await catalog.CurrentAsync(ct);
        var lines = new List<(Sku, DraftLine)>();
        foreach (var line in draft.Lines)
        {
            if (snapshot.SkuByCode(line.Sku.Trim()) is not { } sku) return InventoryErrors.SkuUnknown(line.Sku);
            if (sku.IsKit) return InventoryErrors.KitHasNoStock(sku.Code);
            if (line.BatchNo is { Length: > 60 }) return InventoryErrors.BatchNoTooLong(sku.Code);
            lines.Add((sku, line));
        }
        return new CheckedDraft(draft, warehouse.Id, from?.Id, lines);

        WarehouseName? Find(string code) => warehouses.FirstOrDefault(w => w.Code.Equals(code.Trim(), StringComparison.OrdinalIgnoreCase));
    }
}
