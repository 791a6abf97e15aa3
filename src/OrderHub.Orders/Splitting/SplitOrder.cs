using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Routing;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Splitting;

/// <param name="Now">Its parcels today; empty = it goes whole.</param>
/// <param name="GoesWhole">The platform forbids splitting it.</param>
internal sealed record SplitChoices(IReadOnlyList<SplitPlan> Plans, IReadOnlyList<OrderPart> Now, bool GoesWhole);

/// <summary>A person looks at the ways to send an order in one parcel or in several, with what each costs, and takes one. Taking the whole one back is the undo.</summary>
internal sealed class SplitOrder(HubDatabase database, ICatalog catalogs, IAllocator allocator, IStockPool pool, Relocate relocate, AuditTrail audit, CurrentActor current)
{
    /// <summary>The stock is as if the order had just given back what it holds; nothing is changed.</summary>
    public Task<Result<SplitChoices>> PlansAsync(long orderId, CancellationToken ct) => database.RunAsync<Result<SplitChoices>>(async tx =>
    {
        if (await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Allocated, OrderState.Shortage) is not [var order]) return OrdersErrors.NotRoutable(orderId);
        return new SplitChoices((await PlanAsync(tx, order, ct)).Plans, OrderParts.Read(order.Parts), order.Asked.GoesWhole);
    }, commits: _ => false, ct);

    /// <summary>What cannot be taken gives up the release of the stock with the transaction.</summary>
    public async Task<Result> TakeAsync(long orderId, SplitKind kind, string reason, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason) ? OrdersErrors.ReasonMissing : await database.RunAsync(tx => TakeAsync(tx, orderId, kind, reason, ct), commits: taken => taken.IsOk, ct);

    private async Task<Result> TakeAsync(HubTransaction tx, long orderId, SplitKind kind, string reason, CancellationToken ct)
    {
        if (await PlaceAgain.LockAsync(tx, [orderId], ct, OrderState.Allocated, OrderState.Shortage) is not [var order]) return OrdersErrors.NotRoutable(orderId);
        if (kind != SplitKind.Whole && order.Asked.GoesWhole) return OrdersErrors.MayNotBeSplit(orderId);
        var (demand, plans) = await PlanAsync(tx, order, ct);
        var decision = plans.First(p => p.Kind == kind).Decision;
        if (decision.WarehouseId is null) return OrdersErrors.PlanImpossible(kind, decision.Reason);
        if (kind != SplitKind.Whole && decision.Parts.Count < 2) return OrdersErrors.NothingToSplit(kind);
        await relocate.WriteAsync(tx, order, demand, decision, kind == SplitKind.Whole ? "不拆单" : "拆单", $"{decision.Reason}；{reason}", current.Actor, ct);
        await audit.WriteAsync(tx, current.Actor, "orders.split", OrderNo.From(orderId), reason, new { order.WarehouseId, Parts = OrderParts.Read(order.Parts) }, new { Kind = kind.ToString(), Parts = OrderParts.Read(OrderParts.Text(decision)) }, ct);
        return Result.Ok;
    }

    private async Task<(IReadOnlyList<DemandLine> Demand, IReadOnlyList<SplitPlan> Plans)> PlanAsync(HubTransaction tx, PlaceAgain.Waiting order, CancellationToken ct)
    {
        var (catalog, rules) = (await catalogs.CurrentAsync(ct), await allocator.RulesAsync(ct));
        var demand = order.Demand(catalog);
        int[] skus = [.. demand.Select(l => l.SkuId)];
        await pool.LockAsync(tx, skus, [order.OrderId], ct); // one ascending sweep, before the release takes its part of it
        await pool.ReleaseAsync(tx, [order.OrderId], ReleaseReason.Rerouted, current.Actor, ct);
        var counted = await allocator.CountedAsync(tx, [order.OrderId], ct);
        return (demand, rules.Plans(order.Ask(demand, catalog) with { CountedIn = [.. counted[order.OrderId]] }, await pool.LockAsync(tx, skus, [], ct)));
    }
}
