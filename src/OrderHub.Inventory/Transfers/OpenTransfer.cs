using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Transfers;

/// <summary>Plans goods to go from one warehouse to another. Nothing moves before they are shipped.</summary>
internal sealed class OpenTransferHandler(CheckDraft check, DocumentBook book, CurrentActor current)
{
    public async Task<Result<string>> OpenAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (draft.FromWarehouse is null) return InventoryErrors.FromWarehouseMissing;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        if (read.Value.Lines.FirstOrDefault(l => l.Line.Quantity <= 0).Sku is { } empty) return InventoryErrors.QuantityNotPositive(empty.Code);
        return await book.OpenAsync(read.Value, current.Actor, (_, _) => Task.FromResult<Platform.Results.Error?>(null), ct);
    }
}
