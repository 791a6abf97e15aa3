using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Transfers;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Arrivals;

/// <param name="LastArrival">True closes the document: what has not come by now is short and leaves the goods in transit.</param>
internal sealed record GoodsReceived(string No, string Key, IReadOnlyList<ArrivedLine> Lines, bool LastArrival);

/// <param name="Sellable">Pieces that go to on hand; more than expected is allowed and shows as a difference.</param>
internal sealed record ArrivedLine(int LineNo, int Sellable, int Defective, string? BatchNo = null, DateOnly? ExpiresOn = null);

/// <summary>
/// Goods in transit arrive: a purchase is received, a transfer comes in, a return is inspected. Only here do they become sellable.
/// Several arrivals may follow each other; each is posted once by its key.
/// </summary>
internal sealed class ReceiveGoodsHandler(DocumentBook book, PostStock stock, ShippedBatches shipped, CurrentActor current, TimeProvider clock)
{
    public Task<Result<string>> ReceiveAsync(GoodsReceived arrival, CancellationToken ct) => book.ChangeAsync(arrival.No, arrival.Key, "inventory.goods_received", null, async (tx, document) =>
    {
        if (document is not { State: DocumentState.Open, Kind: DocumentKind.Receipt or DocumentKind.Return or DocumentKind.Transfer }) return InventoryErrors.WrongStep(document.No);
        if (current.WarehouseId is { } own && own != document.WarehouseId) return InventoryErrors.OtherWarehouse;
        if (arrival.Lines.Any(l => l.Sellable < 0 || l.Defective < 0)) return InventoryErrors.NegativeArrival;
        if (!arrival.LastArrival && arrival.Lines.All(l => l.Sellable + l.Defective == 0)) return InventoryErrors.NothingArrived;

        var moves = new List<StockMove>();
        var bucket = InTransit.BucketOf(document.Kind);
        var underWay = document.Lines.ToDictionary(l => l.LineNo, l => l.Outstanding);
        var batches = document.Kind == DocumentKind.Transfer ? await shipped.ReadAsync(tx, document, ct) : null;
        foreach (var arrived in arrival.Lines)
        {
            if (document.Lines.FirstOrDefault(l => l.LineNo == arrived.LineNo) is not { } line) return InventoryErrors.LineUnknown(document.No);
            if (arrived.BatchNo is { Length: > 60 }) return InventoryErrors.BatchNoTooLong(arrived.BatchNo);
            (line.Done, line.Defective) = (line.Done + arrived.Sellable, line.Defective + arrived.Defective);
            if (!string.IsNullOrWhiteSpace(arrived.BatchNo)) (line.BatchNo, line.ExpiresOn) = (arrived.BatchNo.Trim(), arrived.ExpiresOn ?? line.ExpiresOn);
            moves.AddRange(batches?.Carry(line.SkuId, document.WarehouseId, arrived.Sellable) ?? [new StockMove(line.SkuId, document.WarehouseId, Bucket.OnHand, arrived.Sellable, line.BatchNo, line.ExpiresOn)]);
            moves.Add(new(line.SkuId, document.WarehouseId, Bucket.Defective, arrived.Defective));
        }
        if (arrival.LastArrival && document.Finish(clock.GetUtcNow()) is { } closed) return closed;
        moves.AddRange(document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, bucket, -(underWay[l.LineNo] - (arrival.LastArrival ? 0 : l.Outstanding)))));
        return (await stock.PostAsync(tx, new Posting(document.MovementKind, document.LedgerName, moves, current.Actor, document.Reason), ct)).Error;
    }, ct);
}
