using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Pulling;

/// <summary>One pulled window. Quiet windows in a row (nothing new, no error) share an entry, so that the log shows news.</summary>
internal sealed class PullEntry
{
    public long Id { get; init; }
    public int ShopId { get; init; }
    public PullStream Stream { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset WindowFrom { get; init; }
    public DateTimeOffset WindowUntil { get; init; }

    /// <summary>Windows in this entry; more than one only while quiet.</summary>
    public int Windows { get; init; }
    public int Seen { get; init; }
    public int Added { get; init; }
    public int Changed { get; init; }
    public int Quarantined { get; init; }
    public int TookMs { get; init; }
    public string? Error { get; init; }
    public string TraceId { get; init; } = "";
}

internal sealed class PullEntryMapping : IEntityTypeConfiguration<PullEntry>
{
    public void Configure(EntityTypeBuilder<PullEntry> entry)
    {
        entry.ToTable("channels_pulls");
        entry.HasIndex(x => new { x.ShopId, x.Id });
        entry.HasIndex(x => x.StartedAt);
    }
}

/// <param name="Seen">Documents the platform listed.</param>
/// <param name="Added">Payloads not in the inbox before.</param>
/// <param name="Changed">Payloads that changed an order or a refund.</param>
internal readonly record struct PullCounts(int Seen, int Added, int Changed, int Quarantined)
{
    public static PullCounts operator +(PullCounts a, PullCounts b) => new(a.Seen + b.Seen, a.Added + b.Added, a.Changed + b.Changed, a.Quarantined + b.Quarantined);
}

internal static class PullLog
{
    public static async Task WriteAsync(HubTransaction tx, int shopId, PullStream stream, PullWindow window, PullCounts counts, DateTimeOffset startedAt, TimeSpan took, string? error, CancellationToken ct)
    {
        var quiet = counts.Added == 0 && error is null;
        var joined = quiet ? await tx.ExecuteAsync("""
            update channels_pulls set windows = windows + 1, window_until = greatest(window_until, $3), seen = $4, took_ms = $5, started_at = $6, trace_id = $7
             where id = (select max(id) from channels_pulls where shop_id = $1 and stream = $2) and added = 0 and error is null
            """, ct, shopId, (short)stream, window.Until, counts.Seen, (int)took.TotalMilliseconds, startedAt, HubTracing.CurrentTraceId) : 0;
        if (joined > 0) return;
        await tx.ExecuteAsync("""
            insert into channels_pulls (shop_id, stream, started_at, window_from, window_until, windows, seen, added, changed, quarantined, took_ms, error, trace_id)
            values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, left($11::text, 2000), $12)
            """, ct, shopId, (short)stream, startedAt, window.From, window.Until, counts.Seen, counts.Added, counts.Changed, counts.Quarantined, (int)took.TotalMilliseconds, error, HubTracing.CurrentTraceId);
    }
}
