using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Outbox;

/// <summary>One consumer's copy of one event. Rows are deleted in the transaction that carries the consumer's effects.</summary>
internal sealed class OutboxRow
{
    public long Id { get; init; }
    public string Consumer { get; init; } = "";
    public string Payload { get; init; } = "";
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
}

internal sealed class OutboxRowMapping : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("platform_outbox");
        row.Property(x => x.Payload).HasColumnType("jsonb");
        row.Property(x => x.DueAt).HasDefaultValueSql("now()");
        row.Property(x => x.Attempts).HasDefaultValue(0);
        row.HasIndex(x => new { x.Consumer, x.DueAt, x.Id });
    }
}

/// <summary>Says news in the caller's transaction: what was not committed is never delivered, what was committed always is.</summary>
public sealed class OutboxWriter(IEnumerable<OutboxSubscription> subscriptions)
{
    private readonly ILookup<Type, OutboxSubscription> _byEvent = subscriptions.ToLookup(s => s.EventType);

    /// <summary>Writes one row per event and interested consumer, in one statement.</summary>
    public async Task AddAsync<TEvent>(HubTransaction tx, IReadOnlyCollection<TEvent> events, CancellationToken ct) where TEvent : notnull
    {
        var consumers = new List<string>();
        var payloads = new List<string>();
        foreach (var subscription in _byEvent[typeof(TEvent)])
            foreach (var item in events)
                if (subscription.Wants(item))
                {
                    consumers.Add(subscription.Consumer);
                    payloads.Add(JsonSerializer.Serialize(item, OutboxJson.Options));
                }
        if (consumers.Count == 0) return;
        tx.HasNews = true;
        await tx.ExecuteAsync("insert into platform_outbox (consumer, payload) select c, p::jsonb from unnest($1, $2) as n(c, p)", ct,
            consumers.ToArray(), new NpgsqlParameter { Value = payloads.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }
}

internal static class OutboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
