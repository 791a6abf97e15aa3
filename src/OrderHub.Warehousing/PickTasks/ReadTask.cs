using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>One task with everything the packer's screen shows.</summary>
internal sealed class ReadTask(OrderHubDbContext db, ICatalog catalog, IFulfilmentNetwork network, IOrderReader orders, IBatchPicks batches, CurrentActor current)
{
    /// <summary>For people: a task of another warehouse is not shown to those bound to one.</summary>
    public async Task<PackTask?> FindOwnAsync(TaskKey key, CancellationToken ct) =>
        await FindAsync(key, ct) is { } task && current.RefuseOutside(task.WarehouseId) is null ? task : null;

    public async Task<PackTask?> FindAsync(TaskKey key, CancellationToken ct)
    {
        var tasks = db.Set<PickTask>().AsNoTracking().Include(t => t.Lines);
        var asked = await tasks.SingleOrDefaultAsync(t => t.OrderId == key.OrderId && t.Part == key.Part, ct);
        if (asked is null) return null;
        var task = asked.MergedInto is { } carrier ? await tasks.SingleAsync(t => t.Id == carrier, ct) : asked;
        var merged = await db.Set<PickTask>().AsNoTracking().Where(t => t.MergedInto == task.Id).OrderBy(t => t.OrderId).Select(t => t.OrderId).ToListAsync(ct);
        var views = await orders.FindManyAsync([task.OrderId, .. merged], ct);
        var together = new[] { task.OrderId }.Concat(merged).Select(id => views.GetValueOrDefault(id)).OfType<OrderView>().ToList();
        var chosen = (await batches.ChosenAsync([task.OrderId, .. merged], ct)).Where(b => b.OrderId != task.OrderId || b.Part == task.Part).ToLookup(b => b.SkuId);
        var skus = await catalog.CurrentAsync(ct);
        var couriers = await network.CurrentAsync(ct);
        var parcel = await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderId == task.OrderId && p.Part == task.Part && p.Status != ParcelStatus.Voided).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
        return new PackTask(task.OrderId, Platform.Units.OrderNo.From(task.OrderId), task.WarehouseId, task.State, task.CourierCode, couriers.CourierByCode(task.CourierCode)?.Name ?? task.CourierCode,
            task.Deadline, task.ClaimedBy, together.Select(o => o.Hold).FirstOrDefault(h => h is not null), Notes(together, o => o.BuyerNote), Notes(together, o => o.SellerNote),
            [.. task.Lines.OrderBy(l => l.SkuId).Select(l => Line(l, skus.Sku(l.SkuId), chosen[l.SkuId]))], parcel?.View())
        {
            Part = task.Part, PartCount = Math.Max(1, views.GetValueOrDefault(task.OrderId)?.Parts.Count ?? 1), MergedOrderNos = [.. merged.Select(Platform.Units.OrderNo.From)],
        };
    }

    private static string? Notes(IEnumerable<OrderView> orders, Func<OrderView, string?> note) => string.Join('\n', orders.Select(note).Where(n => !string.IsNullOrEmpty(n)).Distinct()) is { Length: > 0 } notes ? notes : null;

    private static PackLine Line(PickLine line, Sku? sku, IEnumerable<BatchPick> chosen) =>
        new(line.SkuId, sku?.Code ?? "", sku?.Barcode ?? "", sku?.Name ?? "", sku?.Spec ?? "", sku?.PictureUrl, line.Quantity, line.Scanned)
        {
            Batches = [.. chosen.GroupBy(b => (b.BatchNo, b.ExpiresOn, b.IsExpired)).Select(g => new PackBatch(g.Key.BatchNo, g.Key.ExpiresOn, g.Sum(b => b.Quantity), g.Key.IsExpired))],
        };
}
