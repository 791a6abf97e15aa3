using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Pulling;

/// <summary>Proof = the completeness check; its position is the instant up to which nothing is missing.</summary>
internal enum PullStream : short { Orders = 1, Refunds = 2, Proof = 3 }

/// <summary>Up to where a stream of a shop is known completely, and when it is pulled next.</summary>
internal sealed class Cursor
{
    public int ShopId { get; init; }
    public PullStream Stream { get; init; }

    /// <summary>Everything modified before this instant is stored or quarantined.</summary>
    public DateTimeOffset Position { get; init; }

    /// <summary>After a failure: the longest window asked for until some succeed; null = the platform's longest.</summary>
    public TimeSpan? Stride { get; init; }
    public DateTimeOffset NextDueAt { get; init; }
    public DateTimeOffset? LastPullAt { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public string? LastError { get; init; }
}

internal sealed class CursorMapping : IEntityTypeConfiguration<Cursor>
{
    public void Configure(EntityTypeBuilder<Cursor> cursor)
    {
        cursor.ToTable("channels_cursors");
        cursor.HasKey(x => new { x.ShopId, x.Stream });
        cursor.HasIndex(x => x.NextDueAt);
    }
}

internal static class Cursors
{
    /// <summary>A newly connected shop is read from a day back: what is older was handled before we came.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(1);

    /// <summary>Adds the streams of a shop; known ones keep their position and are due at once, so that a new interval takes hold.</summary>
    public static Task OpenAsync(HubTransaction tx, int shopId, DateTimeOffset now, CancellationToken ct) => tx.ExecuteAsync("""
        insert into channels_cursors (shop_id, stream, position, next_due_at) select $1, s, $2, $3 from unnest($4::smallint[]) s
        on conflict (shop_id, stream) do update set next_due_at = least(channels_cursors.next_due_at, excluded.next_due_at)
        """, ct, shopId, now - FirstLook, now, Enum.GetValues<PullStream>().Select(s => (short)s).ToArray());

    public static Task HurryAsync(HubTransaction tx, int shopId, PullStream stream, DateTimeOffset now, CancellationToken ct) => tx.ExecuteAsync(
        "update channels_cursors set next_due_at = least(next_due_at, $3) where shop_id = $1 and stream = $2", ct, shopId, (short)stream, now);
}
