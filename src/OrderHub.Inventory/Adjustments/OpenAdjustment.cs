using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

internal sealed record AdjustmentOpened(string No, bool IsWaiting);

/// <summary>Corrects counters by hand, with a reason. Small ones are posted at once; larger ones wait for a second person.</summary>
internal sealed class OpenAdjustmentHandler(CheckDraft check, DocumentBook book, PostStock stock, ApprovalLimit limit, ReadDocument documents, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<AdjustmentOpened>> OpenAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Reason)) return InventoryErrors.ReasonMissing;
        if (draft.Lines.Any(l => l.Quantity == 0)) return InventoryErrors.NothingToAdjust;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        var opened = await book.OpenAsync(read.Value, current.Actor, async (tx, document) =>
        {
            if (await limit.IsExceededAsync(tx, document, current.Actor, ct))
            {
                document.Begin(DocumentState.Waiting);
                return null;
            }
            return document.Finish(clock.GetUtcNow()) ?? (await stock.PostAsync(tx, PostingOf(document, current.Actor), ct)).Error;
        }, ct);
        if (opened.Error is { } refusal) return refusal;
        return new AdjustmentOpened(opened.Value, await documents.StateAsync(opened.Value, ct) == DocumentState.Waiting);
    }

    public static Posting PostingOf(StockDocument document, Platform.Accounts.Actor actor) => new(document.MovementKind, document.LedgerName,
        [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, l.Bucket, l.Quantity ?? 0, l.BatchNo, l.ExpiresOn))], actor, document.Reason);
}
