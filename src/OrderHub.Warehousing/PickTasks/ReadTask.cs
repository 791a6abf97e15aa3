using Microsoft.EntityFrameworkCore;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>One task with everything the packer's screen shows.</summary>
internal sealed class ReadTask(OrderHubDbContext db, ICatalog catalog, IFulfilmentNetwork network, IOrderReader orders, CurrentActor current)
{
    /// <summary>For people: a task of another warehouse is not shown to those bound to one.</summary>
    public async Task<PackTask?> FindOwnAsync(long orderId, CancellationToken ct) =>
        await FindAsync(orderId, ct) is { } task && current.RefuseOutside(task.WarehouseId) is null ? task : null;

    public async Task<PackTask?> FindAsync(long orderId, CancellationToken ct)
    {
        var task = await db.Set<PickTask>().AsNoTracking().Include(t => t.Lines).SingleOrDefaultAsync(t => t.OrderId == orderId, ct);
        if (task is null) return null;
        var order = await orders.FindAsync(orderId, ct);
        var skus = await catalog.CurrentAsync(ct);
        var couriers = await network.CurrentAsync(ct);
        var parcel = await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderId == orderId && p.Status != ParcelStatus.Voided).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
        return new PackTask(orderId, task.OrderNo, task.WarehouseId, task.State, task.CourierCode, couriers.CourierByCode(task.CourierCode)?.Name ?? task.CourierCode,
            task.Deadline, task.ClaimedBy, order?.Hold, order?.BuyerNote, order?.SellerNote,
            [.. task.Lines.OrderBy(l => l.SkuId).Select(l => Line(l, skus.Sku(l.SkuId)))], parcel?.View());
    }

    internal static PackLine Line(PickLine line, Sku? sku) =>
        new(line.SkuId, sku?.Code ?? "", sku?.Barcode ?? "", sku?.Name ?? "", sku?.Spec ?? "", sku?.PictureUrl, line.Quantity, line.Scanned);
}
