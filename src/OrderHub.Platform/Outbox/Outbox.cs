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
        row.Property(x => x.Payload).HasColumnType("json");
        row.Property(x => x.DueAt).HasDefaultValueSql("now()");
        row.Property(x => x.Attempts).HasDefaultValue(0);
        row.HasIndex(x => new { x.Consumer, x.DueAt, x.Id });
    }
}

/// <summary>One consumer's copy of one event, before it is a row.</summary>
internal readonly record struct OutboxNews(string Consumer, string Payload);

/// <summary>Says news in the caller's transaction: what was not committed is never delivered, what was committed always is.</summary>
public sealed class OutboxWriter(IEnumerable<OutboxSubscription> subscriptions)
{
    private readonly ILookup<Type, OutboxSubscription> _byEvent = subscriptions.ToLookup(s => s.EventType);

    /// <summary>One row per event and interested consumer; all news of a transaction are one statement, sent with its commit.</summary>
    public void Add<TEvent>(HubTransaction tx, IEnumerable<TEvent> events) where TEvent : notnull
    {
        var said = events as IReadOnlyCollection<TEvent> ?? [.. events];
        foreach (var subscription in _byEvent[typeof(TEvent)])
            foreach (var item in said)
                if (subscription.Wants(item)) tx.News.Add(new(subscription.Consumer, JsonSerializer.Serialize(item, OutboxJson.Options)));
    }

    internal static Task WriteAsync(HubTransaction tx, CancellationToken ct) => tx.ExecuteAsync(
        "insert into platform_outbox (consumer, payload) select c, p::json from unnest($1, $2) as n(c, p)", ct,
        tx.News.Select(n => n.Consumer).ToArray(), new NpgsqlParameter { Value = tx.News.Select(n => n.Payload).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
}

internal static class OutboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
