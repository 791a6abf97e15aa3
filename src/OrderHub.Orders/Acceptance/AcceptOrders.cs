using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Locking;
using OrderHub.Orders.Shortages;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Units;

namespace OrderHub.Orders.Acceptance;

/// <summary>
/// The hot path. Reads top to bottom: what is known (rows locked by id) → what shall become of each order (pure) → what does not depend on
/// stock is written → the stock → one warehouse each or a shortage (pure, first come first served) → the rest is written with one statement
/// per table. From the lock on a SKU to the commit its other buyers wait: where there is plenty of everything the stock is looked at and
/// locked only when all else is written; where something is scarce its SKUs are locked, ascending, before anything is decided.
/// </summary>
internal sealed class AcceptOrders(ICatalog catalogs, LockRuleCache lockRules, IAllocator allocator, IStockPool pool, OrderWriter writer, OutboxWriter outbox, TimeProvider clock) : IOrderIntake
{
    public async Task<IReadOnlyList<IntakeAnswer>> AcceptAsync(HubTransaction tx, IReadOnlyList<IncomingOrder> orders, Actor? actor, CancellationToken ct, Action<IReadOnlyList<IntakeOutcome>>? judged = null)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var locking = await lockRules.CurrentAsync(ct);
        var newest = orders.GroupBy(Key).ToDictionary(g => g.Key, g => g.MaxBy(o => o.Version)!);
        var known = newest.Count == 0 ? [] : (await writer.LockKnownAsync(tx, newest.Values, ct)).ToDictionary(k => (k.ShopId, k.PlatformOrderNo));

        var drafts = newest.Where(n => !known.TryGetValue(n.Key, out var k) || n.Value.Version > k.Version)
            .ToDictionary(n => n.Key, n => new OrderDraft(n.Value, known.GetValueOrDefault(n.Key), ShopOf(n.Value, catalog), catalog, locking));
        IntakeOutcome[] outcomes = [.. orders.Select(OutcomeOf)];
        judged?.Invoke(outcomes);
        await WriteAsync(tx, [.. drafts.Values], actor, ct);
        return [.. orders.Zip(outcomes, AnswerOf)];

        IntakeOutcome OutcomeOf(IncomingOrder order)
        {
            var draft = drafts.GetValueOrDefault(Key(order));
            if (ReferenceEquals(order, draft?.Source)) return IntakeOutcome.Accepted;
            return order.Version == (draft?.Incoming.Version ?? known[Key(order)].Version) ? IntakeOutcome.Unchanged : IntakeOutcome.Stale;
        }

        IntakeAnswer AnswerOf(IncomingOrder order, IntakeOutcome outcome)
        {
            if (drafts.TryGetValue(Key(order), out var draft)) return new(order.PlatformOrderNo, draft.Id, OrderNo.From(draft.Id), outcome, draft.State, draft.Explanation);
            var before = known[Key(order)];
            return new(order.PlatformOrderNo, before.Id, OrderNo.From(before.Id), outcome, before.State, null);
        }
    }

    private async Task WriteAsync(HubTransaction tx, IReadOnlyList<OrderDraft> drafts, Actor? actor, CancellationToken ct)
    {
        if (drafts.Count == 0) return;
        await writer.NumberAsync(tx, drafts, ct);
        OrderWriter.WriteLines(tx, drafts);
        var rules = await allocator.RulesAsync(ct);
        foreach (var draft in drafts)
            if (draft.ChangesRegion && draft.Ways.Any(way => !rules.Reaches(draft.AllocationDemand, way.WarehouseId, way.CourierId))) draft.PlaceElsewhere();
        var givingBack = drafts.Where(d => d.GivesStockBack).Select(d => d.Id).ToList();
        var wanting = drafts.Where(d => d.WantsStock).ToList();

        var plenty = givingBack.Count > 0 ? null : await pool.FindPlentyAsync(tx, [.. wanting.SelectMany(d => d.Demand).Select(l => (l.SkuId, l.Quantity))], ct);
        var stock = plenty ?? await pool.LockAsync(tx, [.. wanting.SelectMany(d => d.Demand).Select(l => l.SkuId)], givingBack, ct);
        var anew = givingBack.Count == 0 ? [] : wanting.Where(d => d.GivesStockBack).Select(d => d.Id).ToList();
        if (anew.Count > 0)
        {
            await pool.ReleaseAsync(tx, anew, ReleaseReason.Rerouted, actor ?? Actor.System, ct);
            stock = await pool.LockAsync(tx, [.. wanting.SelectMany(d => d.Demand).Select(l => l.SkuId)], [], ct); // with what they held themselves
        }
        var counted = givingBack.Count == 0 ? null : await allocator.CountedAsync(tx, givingBack, ct);
        foreach (var draft in wanting) draft.Settle(rules.Choose(counted?.Contains(draft.Id) == true ? draft.AllocationDemand with { CountedIn = [.. counted[draft.Id]] } : draft.AllocationDemand, stock));

        if (givingBack.Count > anew.Count) await pool.ReleaseAsync(tx, [.. givingBack.Except(anew)], ReleaseReason.Cancelled, actor ?? Actor.System, ct);
        writer.Write(tx, drafts, actor);
        Reservation[] reservations = [.. wanting.Where(d => d.WarehouseId is not null).SelectMany(d => d.Decision!.Reservations(d.Id, d.Incoming.ShopId, d.Demand, d.HoldReason))];
        await (plenty is null ? pool.ReserveAsync(tx, reservations, ct) : pool.ReserveFromPlentyAsync(tx, reservations, ct));
        await allocator.RecordAsync(tx, [.. wanting.Select(d => (d.Id, d.Decision!))], ct); // after the SKUs: it may lock a warehouse's load
        if (counted is { Count: > 0 }) await allocator.GiveBackAsync(tx, drafts.Where(d => !d.WantsStock).SelectMany(d => counted[d.Id]), ct);
        Shortfalls.Forget(tx, drafts.Where(d => d.Known?.State == OrderState.Shortage && (d.State != OrderState.Shortage || d.LinesChanged)).Select(d => d.Id));
        Shortfalls.Keep(tx, wanting.Where(d => d.State == OrderState.Shortage).Select(d => (d.Id, d.Demand)));
        Tell(tx, drafts);
    }

    private void Tell(HubTransaction tx, IReadOnlyList<OrderDraft> drafts)
    {
        var now = clock.GetUtcNow();
        outbox.Add(tx, drafts.Where(d => d.Known is null || d.Known.State != d.State || d.LeavesSiblings || d is { Decision: not null, State: OrderState.Allocated })
            .Select(d => new OrderMoved(d.Id, d.Incoming.ShopId, d.Incoming.PlatformOrderNo, d.Known?.State, d.State, d.WarehouseId, now, d.Incoming.CreatedAt, d.PaidAt) { PaidNowFen = d.IsPaidNow ? d.Incoming.Amounts.PayFen : null }));
        outbox.Add(tx, drafts.Where(d => d.IsPaidNow)
            .Select(d => new OrderPaid(d.Id, d.Incoming.ShopId, d.Incoming.PlatformOrderNo, d.Incoming.Amounts.PayFen, d.PaidAt!.Value, d.Known?.State == OrderState.Cancelled && d.State == OrderState.Cancelled)));
    }

    private static (int ShopId, string PlatformOrderNo) Key(IncomingOrder order) => (order.ShopId, order.PlatformOrderNo);

    private static Shop ShopOf(IncomingOrder order, CatalogSnapshot catalog) =>
        catalog.Shop(order.ShopId) ?? throw new InvalidOperationException($"Shop {order.ShopId} is not in the catalog.");
}
