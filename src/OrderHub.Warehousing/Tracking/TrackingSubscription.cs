using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.Tracking;

/// <summary>That the provider should push a parcel's tracks; written at handover, sent by a job until it is accepted.</summary>
internal sealed class TrackingSubscription
{
    /// <summary>The provider forgets quiet numbers; it may be asked again twice.</summary>
    public const int MostRenewals = 2;

    public long ParcelId { get; private set; }

    /// <summary>Null once the provider has accepted, or when we have given up.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    public int Attempts { get; private set; }
    public int Renewals { get; private set; }
    public string? LastError { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }

    public static TrackingSubscription For(long parcelId, DateTimeOffset now) => new() { ParcelId = parcelId, DueAt = now };

    public void Accepted(DateTimeOffset now) => (DueAt, AcceptedAt, LastError) = (null, now, null);

    /// <summary>Half a minute, one, two … at most six hours; after twenty refusals the parcel is only asked for.</summary>
    public void Refused(string why, DateTimeOffset now)
    {
        LastError = why.Length > 500 ? why[..500] : why;
        DueAt = Attempts >= 20 ? null : now + TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, Math.Min(Attempts, 12)), 6 * 3600));
    }

    /// <summary>After an abort the provider wants half an hour of quiet.</summary>
    public void Renew(DateTimeOffset now)
    {
        if (Renewals >= MostRenewals) return;
        (Renewals, Attempts, DueAt) = (Renewals + 1, 0, now.AddMinutes(30));
    }
}

internal sealed class TrackingSubscriptionMapping : IEntityTypeConfiguration<TrackingSubscription>
{
    public void Configure(EntityTypeBuilder<TrackingSubscription> subscription)
    {
        subscription.ToTable("warehousing_tracking_subscriptions");
        subscription.HasKey(x => x.ParcelId);
        subscription.Property(x => x.ParcelId).ValueGeneratedNever();
        subscription.HasIndex(x => x.DueAt).HasFilter("due_at is not null");
        subscription.HasOne<Parcel>().WithOne().HasForeignKey<TrackingSubscription>(x => x.ParcelId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RenewSubscriptionHandler(HubDatabase database, TimeProvider clock)
{
    public Task HandleAsync(string waybillNo, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var wanted = from s in tx.Context.Set<TrackingSubscription>()
                     join p in tx.Context.Set<Parcel>() on s.ParcelId equals p.Id
                     where p.WaybillNo == waybillNo && (p.Status == ParcelStatus.HandedOver || p.Status == ParcelStatus.PickedUp)
                     select s;
        foreach (var subscription in await wanted.ToListAsync(ct)) subscription.Renew(clock.GetUtcNow());
        await tx.Context.SaveChangesAsync(ct);
    }, ct);
}
