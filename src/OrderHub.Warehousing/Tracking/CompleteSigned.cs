using Microsoft.EntityFrameworkCore;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Tracking;

/// <summary>An order signed for long enough (seven days unless set otherwise) is completed. A refused one is looked at again a day later.</summary>
internal sealed class CompleteSignedJob(HubDatabase database, OrderHubDbContext db, IOrderReader orders, IOrderFlow flow, TimeProvider clock) : IJob
{
    private const int AtMost = 500;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Set<Parcel>().AsNoTracking().Where(p => p.CompleteAfter <= now).OrderBy(p => p.CompleteAfter).Select(p => new TaskKey(p.OrderId, p.Part)).Take(AtMost).ToListAsync(ct);
        var (seen, completed) = (0, 0);
        foreach (var key in due.DistinctBy(k => k.OrderId))
        {
            seen++;
            if (await database.RunAsync(tx => CompleteAsync(tx, key, now, ct), ct)) completed++;
        }
        return new(seen, completed, seen - completed);
    }

    private async Task<bool> CompleteAsync(HubTransaction tx, TaskKey key, DateTimeOffset now, CancellationToken ct)
    {
        var together = (await tx.LockGroupAsync(orders, key, ct))?.Orders ?? [];
        var parcels = await tx.LockParcelsAsync(key.OrderId, ct);
        var allThere = parcels.TrueForAll(p => p.Status is ParcelStatus.Signed or ParcelStatus.Closed);
        var done = true;
        // returned or cancelled in between: nothing is left to complete
        foreach (var order in together.Where(o => o.State is not (OrderState.Returned or OrderState.Cancelled or OrderState.Completed)))
            done &= allThere && (await flow.MoveAsync(tx, order.Id, OrderTrigger.Complete, Actor.System, null, ct)).IsOk;
        foreach (var parcel in parcels.Where(p => p.CompleteAfter is not null))
        {
            if (done) parcel.Close();
            else parcel.CompleteLater(now.AddDays(1));
        }
        await tx.Context.SaveChangesAsync(ct);
        return done;
    }
}
