using OrderHub.Inventory.Arrivals;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <summary>Takes a document back while nothing of it has happened: a plan, a wait, goods that will never come. Shipped transfers must be received.</summary>
internal sealed class CancelDocumentHandler(DocumentBook book, PostStock stock, CurrentActor current, TimeProvider clock)
{
    public Task<Result<string>> CancelAsync(string no, CancellationToken ct) => book.ChangeAsync(no, null, "inventory.document_cancelled", null, async (tx, document) =>
    {
        if (document.Lines.Any(l => l.Done + l.Defective > 0)) return InventoryErrors.PartlyArrived(no);
        if (document is { Kind: DocumentKind.Transfer, State: DocumentState.Open }) return InventoryErrors.WrongStep(no);
        var underWay = document is { State: DocumentState.Open, Kind: DocumentKind.Receipt or DocumentKind.Return };
        if (document.Cancel(clock.GetUtcNow()) is { } closed) return closed;
        if (!underWay) return null;
        return (await stock.PostAsync(tx, InTransit.Gone(document, current.Actor), ct)).Error;
    }, ct);
}
