using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Parcels;

namespace OrderHub.Warehousing.Tracking;

/// <summary>One line of a parcel's journey as the courier told it. Append-only; couriers tell the whole journey every time.</summary>
internal sealed class Track
{
    public const int LongestContext = 400;

    public long Id { get; init; }
    public long ParcelId { get; init; }
    public string WaybillNo { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Status { get; init; } = "";
    public string Context { get; init; } = "";
    public DateTimeOffset HeardAt { get; init; }
}

internal sealed class TrackMapping : IEntityTypeConfiguration<Track>
{
    public void Configure(EntityTypeBuilder<Track> track)
    {
        track.ToTable("warehousing_tracks");
        track.Property(x => x.Context).HasMaxLength(Track.LongestContext);
        track.HasIndex(x => new { x.WaybillNo, x.At, x.Status, x.Context }).IsUnique();
        track.HasIndex(x => new { x.ParcelId, x.At });
        track.HasOne<Parcel>().WithMany().HasForeignKey(x => x.ParcelId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class KeepTracks
{
    public static Task<int> KeepTracksAsync(this HubTransaction tx, Parcel parcel, TrackingResult result, DateTimeOffset now, CancellationToken ct)
    {
        var events = (result.Data ?? []).Where(e => e.At is not null && e.Context is not null).ToList();
        return events.Count == 0 ? Task.FromResult(0) : tx.ExecuteAsync("""
            insert into warehousing_tracks (parcel_id, waybill_no, at, status, context, heard_at)
            select $1, $2, at, status, left(context, 400), $6 from unnest($3, $4, $5) as t(at, status, context)
            on conflict do nothing
            """, ct, parcel.Id, parcel.WaybillNo, events.Select(e => e.At!.Value).ToArray(), events.Select(e => e.StatusCode ?? e.Status ?? "").ToArray(),
            events.Select(e => e.Context!).ToArray(), now);
    }
}
