using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using NpgsqlTypes;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Decisions;

/// <summary>Why an order went where it went, with the rule version and the stock at that moment. Append-only; the newest counts.</summary>
internal sealed class DecisionRow
{
    public long Id { get; init; }
    public long OrderId { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary><see cref="DecisionText"/>.</summary>
    public string Decision { get; init; } = "";
}

internal sealed class DecisionMapping : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> decision)
    {
        decision.ToTable("allocation_decisions");
        decision.HasKey(x => new { x.OrderId, x.Id }); // the newest of an order is what is asked for
        decision.Property(x => x.Id).ValueGeneratedOnAdd();
        decision.Property(x => x.Decision).HasColumnType("json");
    }
}

internal sealed class Allocator(NetworkCache network, HubDatabase database, TimeProvider clock) : IAllocator
{
    private static readonly IReadOnlyDictionary<int, int> NoLoads = new Dictionary<int, int>();

    public async ValueTask<IAllocationRules> RulesAsync(CancellationToken ct)
    {
        var (book, now) = (await network.BookAsync(ct), clock.GetUtcNow());
        var loads = !book.Network.Warehouses.Any(w => w.DailyCapacity is not null) ? NoLoads : (await database.QueryAsync("select warehouse_id, orders from allocation_loads where day = $1",
            r => KeyValuePair.Create(r.GetInt32(0), r.GetInt32(1)), ct, ShopTime.BusinessDay(now))).ToDictionary();
        return new AllocationRules(book, now, loads);
    }

    public async Task RecordAsync(HubTransaction tx, IReadOnlyCollection<(long OrderId, AllocationDecision Decision)> decisions, CancellationToken ct)
    {
        if (decisions.Count == 0) return;
        var now = clock.GetUtcNow();
        tx.Later("insert into allocation_decisions (order_id, at, decision) select o, $3, d::json from unnest($1, $2) as n(o, d)",
            decisions.Select(d => d.OrderId).ToArray(),
            new NpgsqlParameter { Value = decisions.Select(d => DecisionText.Write(d.Decision)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, now);
        var limited = await LimitedAsync(ct);
        var given = decisions.SelectMany(d => d.Decision.Warehouses.Except(d.Decision.CountedIn).Select(id => (Id: id, Orders: 1)).Concat(d.Decision.CountedIn.Except(d.Decision.Warehouses).Select(id => (Id: id, Orders: -1))))
            .Where(g => limited.Contains(g.Id)).GroupBy(g => g.Id, g => g.Orders).OrderBy(g => g.Key).ToList();
        if (given.Count > 0)
            await tx.ExecuteAsync("""
                insert into allocation_loads as l (day, warehouse_id, orders) select $1, w, n from unnest($2, $3) as g(w, n)
                on conflict (day, warehouse_id) do update set orders = greatest(l.orders + excluded.orders, 0)
                """, ct, ShopTime.BusinessDay(now), given.Select(g => g.Key).ToArray(), given.Select(g => g.Sum()).ToArray());
    }

    public async Task<ILookup<long, int>> CountedTodayAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var limited = await LimitedAsync(ct);
        if (limited.Count == 0 || orderIds.Count == 0) return Array.Empty<long>().ToLookup(id => id, _ => 0);
        var newest = await tx.QueryAsync("""
            select o, d.decision::text from unnest($1) as o, lateral (select decision, at from allocation_decisions where order_id = o order by id desc limit 1) as d where d.at >= $2
            """, r => (OrderId: r.GetInt64(0), Decision: DecisionText.Read(r.GetString(1))), ct, orderIds.ToArray(), ShopTime.StartOf(ShopTime.BusinessDay(clock.GetUtcNow())));
        return newest.SelectMany(n => n.Decision.Warehouses.Where(limited.Contains).Select(id => (n.OrderId, Id: id))).ToLookup(n => n.OrderId, n => n.Id);
    }

    private async Task<HashSet<int>> LimitedAsync(CancellationToken ct) => [.. (await network.CurrentAsync(ct)).Warehouses.Where(w => w.DailyCapacity is not null).Select(w => w.Id)];

    public async Task<AllocationDecision?> LastDecisionAsync(long orderId, CancellationToken ct) =>
        (await database.QueryAsync("select decision::text from allocation_decisions where order_id = $1 order by id desc limit 1",
            r => DecisionText.Read(r.GetString(0)), ct, orderId)).FirstOrDefault();
}
