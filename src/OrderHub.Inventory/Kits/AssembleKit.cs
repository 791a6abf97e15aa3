using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Kits;

/// <summary>
/// Parts go out, a packed SKU comes in; taken apart, the other way round. The packed SKU is an ordinary SKU with stock of its own.
/// A kit of the catalog is not: it is sold as its parts, so pieces of it on a shelf could never be sold, and it is refused here.
/// What goes in need not weigh up what goes out, so larger ones wait for a second person as adjustments do.
/// </summary>
internal sealed class AssembleKitHandler(CheckDraft check, DocumentBook book, ApprovalLimit limit, CurrentActor current)
{
    public async Task<Result<string>> AssembleAsync(DocumentDraft draft, CancellationToken ct)
    {
        if (!draft.Lines.Any(l => l.Quantity > 0) || !draft.Lines.Any(l => l.Quantity < 0)) return InventoryErrors.KitNeedsBothSides;
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        return await book.OpenAsync(read.Value, current.Actor, (tx, document) => limit.PostOrWaitAsync(tx, document, current.Actor, ct), ct);
    }
}
