using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Adjustments;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Stock;

/// <summary>Pieces. Available = on hand − reserved − frozen; defective pieces and those in transit lie beside on hand.</summary>
internal sealed record StockFigures(int OnHand, int Reserved, int Frozen, int Defective, int InTransit, int Available, int PurchaseInTransit, int TransferInTransit, int ReturnInTransit)
{
    public static StockFigures Of(StockRow row) =>
        new(row.OnHand, row.Reserved, row.Frozen, row.Defective, row.InTransit, row.Available, row.PurchaseInTransit, row.TransferInTransit, row.ReturnInTransit);
}

internal sealed record WarehouseAnswer(string Warehouse, string Name, StockFigures Stock);

internal sealed record KitPartAnswer(string Sku, int Quantity, int Available);

/// <param name="Published">What the channels may show.</param>
/// <param name="KitParts">For a kit: where its stock is; the warehouses are then empty.</param>
internal sealed record SkuStockAnswer(string Sku, string Name, IReadOnlyList<WarehouseAnswer> Warehouses, StockFigures Total, int SafetyStock, int ZeroAtOrBelow, int Published, IReadOnlyList<KitPartAnswer> KitParts)
{
    public static SkuStockAnswer Of(SkuStock stock) => new(stock.Sku.Code, stock.Sku.Name,
        [.. stock.Rows.Select(r => new WarehouseAnswer(r.Warehouse.Code, r.Warehouse.Name, StockFigures.Of(r.Stock)))],
        StockFigures.Of(stock.Total), stock.SafetyStock, stock.ZeroAtOrBelow, stock.Publish,
        [.. stock.Parts.Select(p => new KitPartAnswer(p.Sku.Code, p.PerKit, p.Available))]);
}

/// <param name="Sku">SKU code.</param>
/// <param name="Warehouse">Warehouse code.</param>
/// <param name="Delta">Pieces; negative = lost.</param>
/// <param name="IdempotencyKey">For callers that cannot set the header.</param>
internal sealed record AdjustmentRequest(string Sku, string Warehouse, int Delta, string Reason, string? IdempotencyKey = null);

internal sealed record AdjustmentAnswer(string Sku, string Warehouse, StockFigures Stock);

/// <param name="Document">Number of the adjustment document.</param>
/// <param name="State">Always "waiting".</param>
internal sealed record WaitingAnswer(string Document, string State);

internal static class StockApi
{
    public static void MapStock(this IEndpointRouteBuilder app)
    {
        var stock = app.MapGroup("/api/v1/stock").WithTags("Stock");
        stock.MapGet("/{sku}", ReadAsync).RequireAuthorization(Policies.ReadStock).WithName("ReadStock")
            .WithSummary("Stock of a SKU per warehouse, in total, and what the channels may show.")
            .Produces<SkuStockAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        stock.MapPost("/adjustments", AdjustAsync).RequireAuthorization(Policies.AdjustStock).WithName("AdjustStock")
            .WithSummary("Adds pieces to one warehouse or takes them away, with a reason.")
            .WithDescription("Needs the header Idempotency-Key (or idempotencyKey in the body), at most 100 characters. The same key with the same request answers again and changes nothing; with another request it is refused with inventory.key_used. A key adjusts a SKU within the approval limit of a business day; above it the answer is 202 with the number of a document that waits for a person, and stock is unchanged. The same request again says how it stands: 202 while it waits, 200 once approved, 409 inventory.adjustment_turned_down once rejected or cancelled.")
            .Produces<AdjustmentAnswer>().Produces<WaitingAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ReadAsync(string sku, ReadSkuStock reader, CancellationToken ct)
    {
        var read = await reader.ReadAsync(sku, ct);
        return read.Error is { } error ? error.ToHttp() : TypedResults.Ok(SkuStockAnswer.Of(read.Value));
    }

    public static async Task<IResult> AdjustAsync(AdjustmentRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, AdjustByCode adjust, CancellationToken ct)
    {
        var done = await adjust.AdjustAsync(new AdjustmentByCode(request.Sku, request.Warehouse, request.Delta, request.Reason ?? "", key ?? request.IdempotencyKey ?? ""), ct);
        if (done.Error is { } error) return error.ToHttp();
        var (no, isWaiting, stock) = done.Value;
        return isWaiting
            ? TypedResults.Accepted($"/stock/documents/{no}", new WaitingAnswer(no, DocumentWords.Name(DocumentState.Waiting)))
            : TypedResults.Ok(new AdjustmentAnswer(request.Sku, request.Warehouse, StockFigures.Of(stock)));
    }
}
