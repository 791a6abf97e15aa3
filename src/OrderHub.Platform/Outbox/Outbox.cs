using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Npgsql;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Outbox;

/// <summary>One consumer's copy of what a transaction had to tell. Rows are deleted in the transaction that carries the consumer's effects.</summary>
internal sealed class OutboxRow
{
    /// <summary>More become rows of their own.</summary>
    public const int MostEvents = 25;

    public long Id { get; init; }
    public string Consumer { get; init; } = "";

    /// <summary>A JSON array of events.</summary>
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

    /// <summary>All news of a transaction are one statement, sent with its commit: a row or a few for each interested consumer.</summary>
    public void Add<TEvent>(HubTransaction tx, IEnumerable<TEvent> events) where TEvent : notnull
    {
        var said = events as IReadOnlyCollection<TEvent> ?? [.. events];
        var interested = _byEvent[typeof(TEvent)].ToList();
        foreach (var item in said)
        {
            string? payload = null;
            foreach (var subscription in interested)
                if (subscription.Wants(item)) tx.News.Add(new(subscription.Consumer, payload ??= JsonSerializer.Serialize(item, OutboxJson.Options)));
        }
    }

    internal static void Write(HubTransaction tx)
    {
        var rows = tx.News.GroupBy(n => n.Consumer).SelectMany(g => g.Chunk(OutboxRow.MostEvents).Select(part => (Consumer: g.Key, Payload: $"[{string.Join(',', part.Select(n => n.Payload))}]"))).ToList();
        tx.Later("insert into platform_outbox (consumer, payload) select c, p::json from unnest($1, $2) as n(c, p)",
            rows.Select(r => r.Consumer).ToArray(), new NpgsqlParameter { Value = rows.Select(r => r.Payload).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }
}

internal static class OutboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
