using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.Tracking;

/// <summary>Sends the waiting subscriptions. Each is leased for two minutes, so that two hosts do not send it at once.</summary>
internal sealed class SubscribeParcelsJob(HubDatabase database, OrderHubDbContext db, ICourierTracking tracking, ReadTracked tracked,
    IOptionsSnapshot<TrackingOptions> options, TimeProvider clock) : IJob
{
    private const int AtMost = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        if (options.Value.Key.Length == 0 || options.Value.CallbackBaseUrl.Length == 0) return new(0, 0, Note: "no tracking account or callback address");
        var now = clock.GetUtcNow();
        var due = await database.QueryAsync("""
            update warehousing_tracking_subscriptions set due_at = $2, attempts = attempts + 1
             where parcel_id in (select parcel_id from warehousing_tracking_subscriptions where due_at <= $1 order by due_at limit $3 for update skip locked)
            returning parcel_id
            """, r => r.GetInt64(0), ct, now, now + Lease, AtMost);
        var accepted = 0;
        foreach (var parcelId in due)
        {
            var refusal = await SubscribeAsync(parcelId, ct);
            if (refusal is null) accepted++;
            await database.RunAsync(async tx =>
            {
                var subscription = await tx.Context.Set<TrackingSubscription>().SingleAsync(s => s.ParcelId == parcelId, ct);
                if (refusal is null) subscription.Accepted(clock.GetUtcNow());
                else subscription.Refused(refusal, clock.GetUtcNow());
                await tx.Context.SaveChangesAsync(ct);
            }, ct);
        }
        return new(due.Count, accepted, due.Count - accepted);
    }

    private async Task<string?> SubscribeAsync(long parcelId, CancellationToken ct)
    {
        var parcel = await db.Set<Parcel>().AsNoTracking().SingleAsync(p => p.Id == parcelId, ct);
        if (await tracked.OfAsync(parcel, ct) is not { } wanted) return $"courier {parcel.CourierCode} is unknown to the provider";
        try
        {
            return await tracking.SubscribeAsync(wanted, ct);
        }
        catch (Exception outage) when (outage.IsOutage(ct))
        {
            return outage.Message;
        }
    }
}

internal static class Outages
{
    /// <summary>The provider is away or talks nonsense; not a bug of ours and not our own shutdown.</summary>
    public static bool IsOutage(this Exception failure, CancellationToken ct) =>
        failure is HttpRequestException or System.Text.Json.JsonException || (failure is TaskCanceledException && !ct.IsCancellationRequested);
}
