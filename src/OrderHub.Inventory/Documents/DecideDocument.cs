using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

internal sealed record DocumentDecision(string No, bool Approve, string? Note);

/// <summary>A second person approves or rejects an adjustment, a kit assembly or a count. Approval posts it: differences, not absolute figures, so that sales since then stay counted.</summary>
internal sealed class DecideDocumentHandler(DocumentBook book, PostStock stock, CurrentActor current, TimeProvider clock)
{
    public Task<Result<string>> DecideAsync(DocumentDecision decision, CancellationToken ct) =>
        book.ChangeAsync(decision.No, null, decision.Approve ? "inventory.document_approved" : "inventory.document_rejected", decision.Note, async (tx, document) =>
        {
            if (document.Kind is not (DocumentKind.Adjustment or DocumentKind.Kit or DocumentKind.Count)) return InventoryErrors.WrongStep(document.No);
            if (document.Kind == DocumentKind.Count && document.Lines.Any(l => l.CountedBy == current.Actor.Name)) return InventoryErrors.OwnDocument;
            if (document.Decide(decision.Approve, current.Actor, decision.Note, clock.GetUtcNow()) is { } refusal) return refusal;
            return decision.Approve ? (await stock.PostAsync(tx, PostingOf(document), ct)).Error : null;
        }, ct);

    private Posting PostingOf(StockDocument document) => document.Kind != DocumentKind.Count
        ? ApprovalLimit.PostingOf(document, current.Actor)
        : new(document.MovementKind, document.LedgerName, [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, Bucket.OnHand, l.Difference ?? 0))], current.Actor, document.Reason);
}
