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
        tx.Later("insert into allocation_decisions (order_id, at, decision) select o, a, d::json from unnest($1, $2, $3) as n(o, a, d)",
            decisions.Select(d => d.OrderId).ToArray(), decisions.Select(d => d.Decision.At).ToArray(),
            new NpgsqlParameter { Value = decisions.Select(d => DecisionText.Write(d.Decision)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var limited = await LimitedAsync(ct);
        if (limited.Count == 0) return;
        await CountAsync(tx, limited, decisions.Any(d => d.Decision.BeyondCapacity), decisions.SelectMany(d =>
        {
            var places = d.Decision.Warehouses.Select(id => new DayPlace(ShopTime.BusinessDay(d.Decision.At), id)).ToList();
            return places.Except(d.Decision.CountedIn).Select(p => (p, 1)).Concat(d.Decision.CountedIn.Except(places).Select(p => (p, -1)));
        }), ct);
    }

    public async Task<ILookup<long, DayPlace>> CountedAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, CancellationToken ct)
    {
        var limited = await LimitedAsync(ct);
        if (limited.Count == 0 || orderIds.Count == 0) return Array.Empty<long>().ToLookup(id => id, _ => default(DayPlace)!);
        var newest = await tx.QueryAsync("""
            select o, d.at, d.decision::text from unnest($1) as o, lateral (select decision, at from allocation_decisions where order_id = o order by id desc limit 1) as d where d.at >= $2
            """, r => (OrderId: r.GetInt64(0), Day: ShopTime.BusinessDay(r.GetFieldValue<DateTimeOffset>(1)), Decision: DecisionText.Read(r.GetString(2))), ct,
            orderIds.ToArray(), ShopTime.StartOf(ShopTime.BusinessDay(clock.GetUtcNow())));
        return newest.SelectMany(n => n.Decision.Warehouses.Where(limited.ContainsKey).Select(id => (n.OrderId, Place: new DayPlace(n.Day, id)))).ToLookup(n => n.OrderId, n => n.Place);
    }

    public async Task GiveBackAsync(HubTransaction tx, IEnumerable<DayPlace> places, CancellationToken ct) =>
        await CountAsync(tx, await LimitedAsync(ct), beyond: false, places.Select(p => (p, -1)), ct);

    /// <param name="limited">Warehouses with their capacity; those that take any number are not counted.</param>
    /// <param name="beyond">Whatever the capacity.</param>
    private static async Task CountAsync(HubTransaction tx, IReadOnlyDictionary<int, int> limited, bool beyond, IEnumerable<(DayPlace Place, int Orders)> counted, CancellationToken ct)
    {
        var given = counted.Where(c => limited.ContainsKey(c.Place.WarehouseId)).GroupBy(c => c.Place, c => c.Orders).Select(g => (Place: g.Key, Orders: g.Sum())).Where(g => g.Orders != 0)
            .OrderBy(g => g.Place.Day).ThenBy(g => g.Place.WarehouseId).ToList();
        if (given.Count == 0) return;
        var kept = await tx.ExecuteAsync("""
            insert into allocation_loads as l (day, warehouse_id, orders) select d, w, greatest(n, 0) from unnest($1, $2, $3) as g(d, w, n)
            on conflict (day, warehouse_id) do update set orders = (select greatest(l.orders + n, 0) from unnest($1, $2, $3) as g(d, w, n) where (d, w) = (l.day, l.warehouse_id))
             where (select n <= 0 or l.orders + n <= capacity from unnest($1, $2, $3, $4) as g(d, w, n, capacity) where (d, w) = (l.day, l.warehouse_id))
            """, ct, given.Select(g => g.Place.Day).ToArray(), given.Select(g => g.Place.WarehouseId).ToArray(), given.Select(g => g.Orders).ToArray(),
            given.Select(g => beyond ? int.MaxValue : limited[g.Place.WarehouseId]).ToArray());
        if (kept < given.Count) throw new LostRaceException("A warehouse's places of the day were taken meanwhile.");
    }

    private async Task<IReadOnlyDictionary<int, int>> LimitedAsync(CancellationToken ct) =>
        (await network.CurrentAsync(ct)).Warehouses.Where(w => w.DailyCapacity is not null).ToDictionary(w => w.Id, w => w.DailyCapacity!.Value);

    public async Task<AllocationDecision?> LastDecisionAsync(long orderId, CancellationToken ct) =>
        (await database.QueryAsync("select decision::text from allocation_decisions where order_id = $1 order by id desc limit 1",
            r => DecisionText.Read(r.GetString(0)), ct, orderId)).FirstOrDefault();
}
