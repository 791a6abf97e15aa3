using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Webhooks;

internal enum HintState : short { Waiting = 1, Done = 2, Failed = 3 }

/// <summary>A mall's or platform's word that something changed. It carries no data we trust: the object is fetched.</summary>
internal sealed class Hint
{
    public long Id { get; init; }
    public int ShopId { get; init; }

    /// <summary>The sender's; the same event again is not stored again.</summary>
    public string EventId { get; init; } = "";

    /// <summary><c>order.paid</c>, <c>refund.done</c> …; with the platform's own tag behind the dot where it numbers them.</summary>
    public string Event { get; init; } = "";

    /// <summary>Order or refund number; empty when the event names none.</summary>
    public string Subject { get; init; } = "";
    public HintState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string? LastError { get; init; }
}

internal sealed class HintMapping : IEntityTypeConfiguration<Hint>
{
    public void Configure(EntityTypeBuilder<Hint> hint)
    {
        hint.ToTable("channels_hints");
        hint.HasIndex(x => new { x.ShopId, x.EventId }).IsUnique();
        hint.HasIndex(x => x.DueAt).HasFilter("state = 1").HasDatabaseName("ix_channels_hints_waiting");
    }
}

/// <summary>News about an order (<c>order.…</c>) or a refund (<c>refund.…</c>) of a shop.</summary>
internal sealed record News(int ShopId, string EventId, string Event, string Subject);

/// <summary>Keeps hints and wakes who follows them.</summary>
internal sealed class HintBox(HubDatabase database, HintSignal signal, TimeProvider clock)
{
    public async Task KeepAsync(IReadOnlyCollection<News> news, CancellationToken ct)
    {
        if (news.Count == 0) return;
        await database.RunAsync(tx => tx.ExecuteAsync("""
            insert into channels_hints (shop_id, event_id, event, subject, state, attempts, received_at, due_at)
            select n.*, 1, 0, $5, $5 from unnest($1, $2, $3, $4) as n(shop_id, event_id, event, subject)
            on conflict (shop_id, event_id) do nothing
            """, ct, news.Select(n => n.ShopId).ToArray(), news.Select(n => n.EventId).ToArray(), news.Select(n => n.Event).ToArray(), news.Select(n => n.Subject).ToArray(), clock.GetUtcNow()), ct);
        signal.Wake();
    }
}
