using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Arrivals;

/// <summary>Goods are expected: bought from a supplier, or sent back by a buyer. They are in transit until they are received or inspected.</summary>
internal sealed class OpenArrivalHandler(CheckDraft check, DocumentBook book, PostStock stock, CurrentActor current) : ICustomerReturns
{
    public Task<Result<string>> OpenAsync(DocumentDraft draft, CancellationToken ct) => OpenAsync(draft, current.Actor, ct);

    public Task<Result<string>> ExpectAsync(ExpectedReturn expected, Actor actor, CancellationToken ct) =>
        OpenAsync(new DocumentDraft(DocumentKind.Return, "return:" + expected.Reference, expected.WarehouseCode, [.. expected.Lines.Select(l => new DraftLine(l.SkuCode, l.Quantity))], expected.Reason, expected.Reference), actor, ct);

    private async Task<Result<string>> OpenAsync(DocumentDraft draft, Actor actor, CancellationToken ct)
    {
        var read = await check.CheckAsync(draft, ct);
        if (read.Error is { } unusable) return unusable;
        if (read.Value.Lines.FirstOrDefault(l => l.Line.Quantity <= 0).Sku is { } empty) return InventoryErrors.QuantityNotPositive(empty.Code);
        return await book.OpenAsync(read.Value, actor, async (tx, document) =>
        {
            document.Begin(DocumentState.Open);
            return (await stock.PostAsync(tx, new Posting(document.MovementKind, document.LedgerName,
                [.. document.Lines.Select(l => new StockMove(l.SkuId, document.WarehouseId, InTransit.BucketOf(document.Kind), l.Quantity!.Value))], actor, document.Reason), ct)).Error;
        }, ct);
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
}
