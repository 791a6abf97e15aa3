using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Judging;
using OrderHub.Orders.States;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Orders.Flow;

/// <summary>A person looked at an order in REVIEW and lets it go on. Lines that had no SKU are looked up again; without one the goods cannot be picked.</summary>
internal sealed class ApproveReview(HubDatabase database, ICatalog catalogs, PlaceAgain placing, IOrderFlow flow, AuditTrail audit, CurrentActor current)
{
    public async Task<Result> HandleAsync(long orderId, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        var catalog = await catalogs.CurrentAsync(ct);
        return await database.RunAsync<Result>(async tx =>
        {
            var head = (await tx.QueryAsync("select shop_id, state, review_reasons from orders_orders where id = $1 for no key update",
                r => (Shop: r.GetInt32(0), State: (OrderState)r.GetInt16(1), Reasons: r.IsDBNull(2) ? [] : r.GetFieldValue<string[]>(2)), ct, orderId)).FirstOrDefault();
            if (head.Shop == 0) return OrdersErrors.NotFound(orderId);
            if (head.State != OrderState.Review) return OrdersErrors.IllegalMove(orderId, head.State, OrderTrigger.Approve);
            if (await UnmappedLines.ResolveAsync(tx, orderId, head.Shop, catalog, ct) is { Count: > 0 } unmapped) return OrdersErrors.StillUnmapped(orderId, string.Join('、', unmapped));
            if (head.Reasons.FirstOrDefault(r => r != ReviewReason.UnknownSku && !ReviewReason.CanBeWaived(r)) is { } blocking)
                return OrdersErrors.CannotBeWaived(orderId, ReviewReason.Chinese(blocking));

            await flow.MoveAsync(tx, orderId, OrderTrigger.Approve, current.Actor, reason, ct);
            await placing.PlaceAsync(tx, await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Paid), current.Actor, ct);
            await audit.WriteAsync(tx, current.Actor, "orders.review_approved", Platform.Units.OrderNo.From(orderId), reason, new { reasons = head.Reasons }, null, ct);
            return Result.Ok;
        }, ct);
    }
}

/// <summary>A person in REVIEW, shortage or before decides that the order will not be shipped. The money is refunded on the platform, not here.</summary>
internal sealed class CancelOrder(HubDatabase database, IOrderFlow flow, AuditTrail audit, CurrentActor current)
{
    public async Task<Result> HandleAsync(long orderId, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return OrdersErrors.ReasonMissing;
        return await database.RunAsync<Result>(async tx =>
        {
            var moved = await flow.MoveAsync(tx, orderId, OrderTrigger.Cancel, current.Actor, reason, ct);
            if (moved.IsOk) await audit.WriteAsync(tx, current.Actor, "orders.cancelled", Platform.Units.OrderNo.From(orderId), reason, null, null, ct);
            return moved;
        }, ct);
    }
}
