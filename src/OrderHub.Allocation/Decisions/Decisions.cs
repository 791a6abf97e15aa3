using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using NpgsqlTypes;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Decisions;

/// <summary>Why an order went where it went, with the rule version and the stock at that moment. Append-only; the newest counts.</summary>
internal sealed class DecisionRow
{
    public long Id { get; init; }
    public long OrderId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Decision { get; init; } = "";
}

internal sealed class DecisionMapping : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> decision)
    {
        decision.ToTable("allocation_decisions");
        decision.Property(x => x.Decision).HasColumnType("jsonb");
        decision.HasIndex(x => new { x.OrderId, x.Id });
    }
}

internal sealed class Allocator(NetworkCache network, HubDatabase database, TimeProvider clock) : IAllocator
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async ValueTask<IAllocationRules> RulesAsync(CancellationToken ct) => await network.RulesAsync(ct);

    public async Task RecordAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, AllocationDecision Decision)> decisions, CancellationToken ct)
    {
        if (decisions.Count == 0) return;
        await tx.ExecuteAsync("insert into allocation_decisions (order_id, at, decision) select o, $3, d::jsonb from unnest($1, $2) as n(o, d)", ct,
            decisions.Select(d => d.OrderId).ToArray(),
            new NpgsqlParameter { Value = decisions.Select(d => JsonSerializer.Serialize(d.Decision, Json)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            clock.GetUtcNow());
    }

    public async Task<AllocationDecision?> LastDecisionAsync(long orderId, CancellationToken ct) =>
        (await database.QueryAsync("select decision::text from allocation_decisions where order_id = $1 order by id desc limit 1",
            r => JsonSerializer.Deserialize<AllocationDecision>(r.GetString(0), Json), ct, orderId)).FirstOrDefault();
}
