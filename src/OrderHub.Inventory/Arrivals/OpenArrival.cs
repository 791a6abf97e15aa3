using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Arrivals;

/// <summary>Goods are expected: bought from a supplier, or sent back by a buyer. They are in transit until they are received or inspected.</summary>
internal sealed class OpenArrivalHandler(CheckDraft check, DocumentBook book, PostStock stock, CurrentActor current)
{
    public async Task<Result<string>> OpenAsync(DocumentDraft draft, CancellationToken ct)
    {
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        if (read.Value.Lines.FirstOrDefault(l => l.Line.Quantity <= 0).Sku is { } empty) return InventoryErrors.QuantityNotPositive(empty.Code);
        return await book.OpenAsync(read.Value, current.Actor, (tx, document) => InTransit.BeginAsync(tx, document, stock, current.Actor, ct), ct);
    }
}

internal static class InTransit
{
    public static Bucket BucketOf(DocumentKind kind) => kind switch
    {
        DocumentKind.Receipt => Bucket.PurchaseInTransit,
        DocumentKind.Transfer => Bucket.TransferInTransit,
        DocumentKind.Return => Bucket.ReturnInTransit,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>From now on its goods are under way.</summary>
    public static async Task<Error?> BeginAsync(HubTransaction tx, StockDocument document, PostStock stock, Actor actor, CancellationToken ct)
    {
        document.Begin(DocumentState.Open);
        return (await stock.PostAsync(tx, AllOf(document, 1, actor), ct)).Error;
    }

    /// <summary>None of its goods will come.</summary>
    public static Posting Gone(StockDocument document, Actor actor) => AllOf(document, -1, actor);

    private static Posting AllOf(StockDocument document, int sign, Actor actor) => new(document.MovementKind, document.LedgerName,
        [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, BucketOf(document.Kind), sign * l.Quantity!.Value))], actor, document.Reason);
}
