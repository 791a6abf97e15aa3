using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Kits;

/// <summary>
/// Parts go out, a packed SKU comes in; taken apart, the other way round. The packed SKU is an ordinary SKU with stock of its own.
/// A kit of the catalog is not: it is sold as its parts, so pieces of it on a shelf could never be sold, and it is refused here.
/// </summary>
internal sealed class AssembleKitHandler(CheckDraft check, DocumentBook book, PostStock stock, CurrentActor current, TimeProvider clock)
{
    public async Task<Result<string>> AssembleAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (!draft.Lines.Any(l => l.Quantity > 0) || !draft.Lines.Any(l => l.Quantity < 0)) return InventoryErrors.KitNeedsBothSides;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        return await book.OpenAsync(read.Value, current.Actor, async (tx, document) =>
            document.Finish(clock.GetUtcNow()) ?? (await stock.PostAsync(tx, OpenAdjustmentHandler.PostingOf(document, current.Actor), ct)).Error, ct);
    }
}
