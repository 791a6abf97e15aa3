using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Merging;

/// <param name="Merged">Parcels that carry several orders and are not packed yet, with their orders.</param>
internal sealed record MergeView(IReadOnlyList<Mergeable> Suggested, IReadOnlyList<IReadOnlyList<long>> Merged, IReadOnlyList<ShopMerging> Shops, FulfilmentNetwork Network);

/// <param name="OrderIds">Nobody has begun to pick them.</param>
internal sealed record Mergeable(SiblingGroup Group, Shop? Shop, IReadOnlyList<long> OrderIds, int Pieces);

internal sealed record ShopMerging(Shop Shop, MergeRule Rule);

/// <param name="Orders">All that travel in the parcel; one or none = it is not merged.</param>
/// <param name="IsOpen">It can still be parted.</param>
internal sealed record MergedOrders(IReadOnlyList<long> Orders, bool IsOpen);

/// <summary>What can be merged now, and what was.</summary>
internal sealed class MergeDesk(OrderHubDbContext db, IOrderSiblings siblings, MergeRuleCache rules, ICatalog catalogs, IFulfilmentNetwork networks, MergeOrders merge, CurrentActor current)
{
    public async Task<MergeView> ReadAsync(CancellationToken ct)
    {
        var (catalog, merging) = (await catalogs.CurrentAsync(ct), await rules.CurrentAsync(ct));
        var wanted = catalog.Shops.Where(s => s.Active && merging.For(s.Id).Mode != MergeMode.Off).Select(s => s.Id).ToList();
        var merged = await db.Set<PickTask>().AsNoTracking().Where(t => t.MergedInto != null)
            .Join(db.Set<PickTask>().Where(c => c.State == PickTaskState.Open || c.State == PickTaskState.Picked), t => t.MergedInto, c => c.Id, (t, c) => new { Carrier = c.OrderId, t.OrderId })
            .OrderBy(x => x.Carrier).Take(MergeOrders.Most * 25).ToListAsync(ct);
        return new([.. await MergeableAsync(wanted, catalog, ct)], [.. merged.GroupBy(m => m.Carrier).Select(g => (IReadOnlyList<long>)[g.Key, .. g.Select(m => m.OrderId)])],
            [.. catalog.Shops.Where(s => s.Active).OrderBy(s => s.Id).Select(s => new ShopMerging(s, merging.For(s.Id)))], await networks.CurrentAsync(ct));
    }

    /// <summary>Siblings whose tasks nobody has touched, that were not parted by hand and do not all travel together already.</summary>
    public async Task<IReadOnlyList<Mergeable>> MergeableAsync(IReadOnlyCollection<int> shopIds, CatalogSnapshot catalog, CancellationToken ct)
    {
        if (shopIds.Count == 0) return [];
        var groups = await siblings.FindAsync(shopIds, ct);
        var ids = groups.SelectMany(g => g.OrderIds).ToList();
        var found = await db.Set<PickTask>().AsNoTracking().Where(t => ids.Contains(t.OrderId) && !t.KeptApart && (t.State == PickTaskState.Open || t.State == PickTaskState.Merged) && t.ClaimedBy == null)
            .Select(t => new { t.OrderId, Carrier = t.MergedInto ?? t.Id, t.State, t.PieceCount, t.WarehouseId }).ToListAsync(ct);
        var tasks = found.GroupBy(t => t.OrderId).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single()); // one that was split since the line above is left out
        return [.. groups.Select(g => (Group: g, Free: g.OrderIds.Where(tasks.ContainsKey).Select(id => tasks[id]).Where(t => t.WarehouseId == g.WarehouseId).Take(MergeOrders.Most).ToList()))
            .Where(g => g.Free.Select(t => t.Carrier).Distinct().Count() > 1)
            .Select(g => new Mergeable(g.Group, catalog.Shop(g.Group.ShopId), [.. g.Free.Select(t => t.OrderId)], g.Free.Where(t => t.State == PickTaskState.Open).Sum(t => t.PieceCount)))];
    }

    public async Task<MergedOrders> OfOrderAsync(long orderId, CancellationToken ct)
    {
        var tasks = db.Set<PickTask>().AsNoTracking();
        var own = await tasks.Where(t => t.OrderId == orderId && t.Part == 1).Select(t => (long?)(t.MergedInto ?? t.Id)).FirstOrDefaultAsync(ct);
        var together = await tasks.Where(t => t.Id == own || t.MergedInto == own).OrderBy(t => t.MergedInto != null).ThenBy(t => t.OrderId).Select(t => new { t.OrderId, t.State }).ToListAsync(ct);
        return new(together.ConvertAll(t => t.OrderId), together.FirstOrDefault()?.State is PickTaskState.Open or PickTaskState.Picked);
    }

    public Task<Result<long>> MergeAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct) => merge.HandleAsync(orderIds, current.Actor, ct);

    public Task<Result> PartAsync(long orderId, CancellationToken ct) => merge.PartAsync(orderId, current.Actor, ct);
}

internal sealed class SaveMergeRule(HubDatabase database, ICatalog catalogs, MergeRuleCache cache, AuditTrail audit, CurrentActor current)
{
    public async Task<Result> HandleAsync(int shopId, MergeRule rule, CancellationToken ct)
    {
        if (rule.BufferMinutes is < 0 or > 1440) return WarehousingErrors.BadBuffer;
        var (shop, before) = ((await catalogs.CurrentAsync(ct)).Shop(shopId), (await cache.CurrentAsync(ct)).For(shopId));
        if (shop is null || before == rule) return Result.Ok;
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("""
                insert into warehousing_merge_rules (shop_id, mode, buffer_minutes) values ($1, $2, $3)
                on conflict (shop_id) do update set mode = excluded.mode, buffer_minutes = excluded.buffer_minutes
                """, ct, shopId, (short)rule.Mode, rule.BufferMinutes);
            await audit.WriteAsync(tx, current.Actor, "warehousing.merge_rule_saved", shop.Code, null, before, rule, ct);
        }, ct);
        cache.Forget();
        return Result.Ok;
    }
}

/// <summary>Merges the siblings of the shops that want it. What cannot be merged any more, because somebody has begun to pick it, is left.</summary>
internal sealed class MergeSiblingsJob(MergeRuleCache rules, MergeDesk desk, MergeOrders merge, ICatalog catalogs) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var groups = await desk.MergeableAsync((await rules.CurrentAsync(ct)).Automatic, await catalogs.CurrentAsync(ct), ct);
        var merged = 0;
        foreach (var group in groups)
            if ((await merge.HandleAsync(group.OrderIds, Actor.System, ct)).IsOk) merged++;
        return new(groups.Count, merged, 0);
    }
}
