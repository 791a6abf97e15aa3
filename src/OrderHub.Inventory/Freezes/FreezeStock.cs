using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Freezes;

/// <summary>Takes pieces out of what may be sold without moving them (+), or lets them be sold again (−). Only what is available can be frozen.</summary>
internal sealed class FreezeStockHandler(CheckDraft check, DocumentBook book, PostStock stock, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<string>> FreezeAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Reason)) return InventoryErrors.ReasonMissing;
        if (draft.Lines.Any(l => l.Quantity == 0)) return InventoryErrors.NothingToAdjust;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        return await book.OpenAsync(read.Value, current.Actor, async (tx, document) =>
        {
            var moves = document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, Bucket.Frozen, l.Quantity!.Value));
            return document.Finish(clock.GetUtcNow()) ?? (await stock.PostAsync(tx, new Posting(MovementKind.Freeze, document.LedgerName, [.. moves], current.Actor, document.Reason), ct)).Error;
        }, ct);
    }
}
