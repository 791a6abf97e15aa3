using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Trials;

/// <param name="Kept">What was decided when the order was last allocated; null = never, or no order.</param>
internal sealed record Trial(string? OrderNo, AllocationDemand Demand, AllocationDecision Decision, AllocationDecision? Kept, CatalogSnapshot Catalog, FulfilmentNetwork Network);

internal sealed record TrialChoices(IReadOnlyList<Shop> Shops, IReadOnlyList<Courier> Couriers);

/// <summary>
/// What the engine would decide at this moment, by its own code on the real stock, in a transaction that is always given up. An order
/// that holds stock is judged as if it had just given it back. The SKUs are locked as briefly as for one order of the intake.
/// </summary>
internal sealed class TryAllocation(HubDatabase database, ICatalog catalogs, IFulfilmentNetwork network, IAllocator allocator, IStockPool pool, IOrderDemands demands, TimeProvider clock)
{
    public async Task<TrialChoices> ChoicesAsync(CancellationToken ct) =>
        new([.. (await catalogs.CurrentAsync(ct)).Shops.Where(s => s.Active).OrderBy(s => s.Id)], [.. (await network.CurrentAsync(ct)).Couriers.Where(c => c.Active)]);

    /// <param name="no">Ours or the platform's.</param>
    public async Task<Result<Trial>> OrderAsync(string no, CancellationToken ct)
    {
        no = no.Trim();
        await using var tx = await database.BeginAsync(ct);
        if (!OrderNo.TryParse(no.ToUpperInvariant(), out var orderId))
        {
            var orders = await demands.FindIdsAsync(tx, no, ct);
            if (orders.Count != 1) return orders.Count == 0 ? AllocationErrors.OrderUnknown(no) : AllocationErrors.OrderAmbiguous(no, orders.Count);
            orderId = orders[0];
        }
        no = OrderNo.From(orderId);
        if (await demands.FindAsync(tx, orderId, ct) is not { } demand) return AllocationErrors.OrderUnknown(no);
        if (demand.Lines.Count == 0) return AllocationErrors.OrderWithoutGoods(no);
        await pool.LockAsync(tx, [.. demand.Lines.Select(l => l.SkuId)], [orderId], ct); // all in one ascending sweep, before the release asks for its part
        await pool.ReleaseAsync(tx, [orderId], ReleaseReason.Rerouted, Actor.System, ct);
        demand = demand with { CountedIn = [.. (await allocator.CountedAsync(tx, [orderId], ct))[orderId]] };
        return await DecideAsync(tx, no, demand, await allocator.LastDecisionAsync(orderId, ct), ct);
    }

    public async Task<Result<Trial>> TypedAsync(TrialDraft draft, CancellationToken ct)
    {
        var catalog = await catalogs.CurrentAsync(ct);
        var demand = draft.Demand(catalog, demands);
        if (demand.Error is { } refusal) return refusal;
        await using var tx = await database.BeginAsync(ct);
        return await DecideAsync(tx, null, demand.Value with { ShipBy = catalog.Shop(draft.ShopId ?? 0)?.ShipBy(clock.GetUtcNow(), null) }, null, ct);
    }

    private async Task<Trial> DecideAsync(HubTransaction tx, string? orderNo, AllocationDemand demand, AllocationDecision? kept, CancellationToken ct)
    {
        var rules = await allocator.RulesAsync(ct);
        var decision = rules.Choose(demand, await pool.LockAsync(tx, [.. demand.Lines.Select(l => l.SkuId)], [], ct));
        await tx.RollbackAsync();
        return new(orderNo, demand, decision, kept, await catalogs.CurrentAsync(ct), await network.CurrentAsync(ct));
    }
}
