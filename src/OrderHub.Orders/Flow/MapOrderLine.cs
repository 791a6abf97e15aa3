using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Judging;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Flow;

/// <summary>
/// A person says which SKU a line of an order in REVIEW means. The platform's SKU id is remembered for all orders to come; a line without
/// one is only set itself. When nothing else is in question the order goes on at once.
/// </summary>
internal sealed class MapOrderLine(HubDatabase database, ICatalog catalogs, ICatalogImport import, PlaceAgain placing, IOrderFlow flow, AuditTrail audit, CurrentActor current)
{
    /// <param name="code">SKU code or barcode; a kit's too.</param>
    public async Task<Result> HandleAsync(long orderId, int lineNo, string code, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        if ((catalog.SkuByCode(code.Trim()) ?? catalog.SkuByBarcode(code.Trim())) is not { } sku) return OrdersErrors.UnknownSku(code.Trim());
        var lines = await database.QueryAsync("""
            select o.state, o.shop_id, l.platform_sku_id, l.title from orders_orders o
              left join orders_lines l on l.order_id = o.id and l.line_no = $2 and l.sku_id is null where o.id = $1
            """, r => (State: (OrderState)r.GetInt16(0), Shop: r.GetInt32(1), PlatformSku: r.Text(2), Title: r.Text(3)), ct, orderId, lineNo);
        if (lines is not [var line]) return OrdersErrors.NotFound(orderId);
        if (line.State != OrderState.Review) return OrdersErrors.NotInReview(orderId, line.State);
        if (line.Title is not { } title) return OrdersErrors.NothingToMap(orderId, lineNo);

        // A transaction of its own: true whatever becomes of this order, and saying it again changes nothing.
        if (line.PlatformSku is { Length: > 0 } platformSku)
            await import.MapAsync(catalog.Shop(line.Shop)!.Code, new Dictionary<string, string> { [platformSku] = sku.Code }, current.Actor, ct);
        catalog = await catalogs.CurrentAsync(ct);
        return await database.RunAsync(tx => SetAsync(tx, orderId, lineNo, title, sku, catalog, ct), ct);
    }

    private async Task<Result> SetAsync(HubTransaction tx, long orderId, int lineNo, string title, Sku sku, CatalogSnapshot catalog, CancellationToken ct)
    {
        var (shop, state, reasons) = (await tx.QueryAsync("select shop_id, state, review_reasons from orders_orders where id = $1 for no key update",
            r => (r.GetInt32(0), (OrderState)r.GetInt16(1), r.IsDBNull(2) ? [] : r.GetFieldValue<string[]>(2)), ct, orderId))[0];
        if (state != OrderState.Review) return OrdersErrors.NotInReview(orderId, state);
        if (!await UnmappedLines.SetAsync(tx, orderId, lineNo, sku, ct)) return OrdersErrors.NothingToMap(orderId, lineNo);
        await flow.NoteAsync(tx, orderId, "对应 SKU", current.Actor, $"{title} → {sku.Code}", ct);
        await audit.WriteAsync(tx, current.Actor, "orders.line_mapped", Platform.Units.OrderNo.From(orderId), null, null, new { line = lineNo, title, sku = sku.Code }, ct);
        if (await UnmappedLines.ResolveAsync(tx, orderId, shop, catalog, ct) is { Count: > 0 }) return Result.Ok;

        string[] left = [.. reasons.Where(r => r != ReviewReason.UnknownSku)];
        await tx.ExecuteAsync("update orders_orders set review_reasons = $2 where id = $1", ct, orderId, left);
        if (left.Length > 0) return Result.Ok;
        var moved = await flow.MoveAsync(tx, orderId, OrderTrigger.Approve, current.Actor, "商品都已对应 SKU", ct);
        if (moved.IsOk) await placing.PlaceAsync(tx, await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Paid), current.Actor, ct);
        return moved;
    }
}
