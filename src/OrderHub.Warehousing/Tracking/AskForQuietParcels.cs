using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Parcels;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Tracking;

/// <summary>The safety net under the pushes: asks for parcels that went quiet, and moves orders that could not follow their parcel before.</summary>
internal sealed class AskForQuietParcelsJob(HubDatabase database, OrderHubDbContext db, ICourierTracking tracking, ReadTracked tracked, IOrderReader orders, TakeCourierNewsHandler news,
    IOptions<WarehousingOptions> warehousing, IOptionsSnapshot<TrackingOptions> options, TimeProvider clock, ILogger<AskForQuietParcelsJob> log) : IJob
{
    private const int AtMost = 50;

    /// <summary>The provider locks the key of whoever asks for one number more often.</summary>
    private static readonly TimeSpan AtLeastApart = TimeSpan.FromMinutes(31);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var followed = await FollowUpAsync(ct);
        if (options.Value.Key.Length == 0) return new(followed, followed, Note: "no tracking account");
        var now = clock.GetUtcNow();
        // the moment is taken before asking: a crash between the two costs one question, never the key
        var quiet = await database.QueryAsync("""
            update warehousing_parcels set last_asked_at = $1
             where id in (select id from warehousing_parcels
                           where status in (2, 3) and coalesce(last_news_at, handed_over_at, packed_at) < $2 and (last_asked_at is null or last_asked_at < $3)
                           order by last_asked_at nulls first, id limit $4 for update skip locked)
            returning id
            """, r => r.GetInt64(0), ct, now, now - TimeSpan.FromHours(warehousing.Value.AskAfterQuietHours), now - AtLeastApart, AtMost);
        var heard = 0;
        foreach (var id in quiet)
            if (await AskAsync(id, ct)) heard++;
        return new(quiet.Count + followed, heard + followed, quiet.Count - heard);
    }

    private async Task<bool> AskAsync(long parcelId, CancellationToken ct)
    {
        var parcel = await db.Set<Parcel>().AsNoTracking().SingleAsync(p => p.Id == parcelId, ct);
        if (await tracked.OfAsync(parcel, ct) is not { } wanted) return false;
        try
        {
            return await tracking.QueryAsync(wanted, ct) is { } answer && await news.HandleAsync(answer with { Nu = parcel.WaybillNo, Com = wanted.Company }, ct);
        }
        catch (Exception outage) when (outage.IsOutage(ct))
        {
            log.LogWarning(outage, "No answer about {WaybillNo}", parcel.WaybillNo);
            return false;
        }
    }

    private async Task<int> FollowUpAsync(CancellationToken ct)
    {
        var lagging = await db.Set<Parcel>().AsNoTracking().Where(p => p.OrderLagsBehind).OrderBy(p => p.OrderId).Take(AtMost).Select(p => new TaskKey(p.OrderId, p.Part)).ToListAsync(ct);
        var followed = 0;
        foreach (var key in lagging.DistinctBy(k => k.OrderId).OrderBy(k => k.OrderId))
            if (await database.RunAsync(async tx =>
            {
                if (await tx.LockGroupAsync(orders, key, ct) is not { } group) return false;
                var parcels = await tx.LockParcelsAsync(key.OrderId, ct);
                var followed = await news.BringOrdersAlongAsync(tx, group.Orders, parcels, new Actor("courier:" + parcels.FirstOrDefault()?.CourierCode), ct);
                await tx.Context.SaveChangesAsync(ct);
                return followed;
            }, ct)) followed++;
        return followed;
    }
}
