using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Transfers;

/// <summary>The goods leave: out of the source's on hand, into what is in transit to the target. Never more than is available there.</summary>
internal sealed class ShipTransferHandler(DocumentBook book, PostStock stock, CurrentActor current)
{
    public Task<Result<string>> ShipAsync(string no, CancellationToken ct) => book.ChangeAsync(no, null, "inventory.transfer_shipped", null, async (tx, document) =>
    {
        if (document is not { Kind: DocumentKind.Transfer, State: DocumentState.Draft, FromWarehouseId: { } source }) return InventoryErrors.WrongStep(no);
        if (current.WarehouseId is { } own && own != source) return InventoryErrors.OtherWarehouse;
        document.Begin(DocumentState.Open);
        var moves = document.Lines.SelectMany(l => (StockMove[])
        [
            new(l.SkuId, source, Bucket.OnHand, -l.Quantity!.Value, l.BatchNo), new(l.SkuId, document.WarehouseId, Bucket.TransferInTransit, l.Quantity!.Value),
        ]);
        return (await stock.PostAsync(tx, new Posting(MovementKind.Transfer, document.LedgerName, [.. moves], current.Actor, document.Reason), ct)).Error;
    }, ct);
}
