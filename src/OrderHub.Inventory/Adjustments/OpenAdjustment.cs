using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

internal sealed record AdjustmentOpened(string No, bool IsWaiting);

/// <summary>Corrects counters by hand, with a reason. Small ones are posted at once; larger ones wait for a second person.</summary>
internal sealed class OpenAdjustmentHandler(CheckDraft check, DocumentBook book, ApprovalLimit limit, ReadDocument documents, CurrentActor current)
{
    public async Task<Result<AdjustmentOpened>> OpenAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Reason)) return InventoryErrors.ReasonMissing;
        if (draft.Lines.Any(l => l.Quantity == 0)) return InventoryErrors.NothingToAdjust;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        var opened = await book.OpenAsync(read.Value, current.Actor, (tx, document) => limit.PostOrWaitAsync(tx, document, current.Actor, ct), ct);
        if (opened.Error is { } refusal) return refusal;
        return new AdjustmentOpened(opened.Value, await documents.StateAsync(opened.Value, ct) == DocumentState.Waiting);
    }
}
