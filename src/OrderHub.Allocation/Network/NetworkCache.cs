using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Network;

/// <summary>Warehouses, couriers and rules in memory, read again within a second after their version grew.</summary>
internal sealed class NetworkCache(HubDatabase database, IEnumerable<PlatformCouriers> platforms, TimeProvider clock) : IFulfilmentNetwork
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Entry? _current;

    private sealed record Entry(FulfilmentNetwork Network, AllocationRules Rules, long Version, long CheckedAt);

    public async ValueTask<FulfilmentNetwork> CurrentAsync(CancellationToken ct) => (await EntryAsync(ct)).Network;

    public async ValueTask<AllocationRules> RulesAsync(CancellationToken ct) => (await EntryAsync(ct)).Rules;

    private ValueTask<Entry> EntryAsync(CancellationToken ct) =>
        _current is { } entry && clock.GetElapsedTime(entry.CheckedAt) < CheckEvery ? new(entry) : new(RefreshAsync(ct));

    private async Task<Entry> RefreshAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            var entry = _current;
            if (entry is not null && clock.GetElapsedTime(entry.CheckedAt) < CheckEvery) return entry;
            var version = (await database.QueryAsync("select version from allocation_version where id = 1", r => r.GetInt64(0), ct))[0];
            return _current = entry?.Version == version ? entry with { CheckedAt = clock.GetTimestamp() } : await LoadAsync(version, ct);
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<Entry> LoadAsync(long version, CancellationToken ct)
    {
        var warehouses = await database.QueryAsync("select id, code, name, province, city, address, contact_name, contact_phone, priority, active from allocation_warehouses order by priority, id",
            r => new Warehouse(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetInt32(8), r.GetBoolean(9)), ct);
        var couriers = await database.QueryAsync("select id, code, name, active from allocation_couriers order by id",
            r => new Courier(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)), ct);
        var rates = await database.QueryAsync("select courier_id, from_warehouse_id, to_province, first_grams, first_fen, additional_fen from allocation_rates",
            r => new FreightRate(r.GetInt32(0), r.Nullable<int>(1), r.Text(2), r.GetInt32(3), r.GetInt64(4), r.GetInt64(5)), ct);
        var rules = await database.QueryAsync("select kind, name, matches, warehouse_ids from allocation_rules order by priority, id",
            r => new WarehouseRule((RuleKind)r.GetInt32(0), r.GetString(1), r.GetFieldValue<string[]>(2).ToHashSet(), r.GetFieldValue<int[]>(3)), ct);
        var network = new FulfilmentNetwork(warehouses, couriers);
        return new Entry(network, new AllocationRules(network, new FreightRates(rates), rules, $"v{version}", platforms), version, clock.GetTimestamp());
    }
}
