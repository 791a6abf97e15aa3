using Npgsql;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Splitting;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Network;

/// <summary>Warehouses, couriers and rules in memory, read again within a second after their version grew.</summary>
internal sealed class NetworkCache(HubDatabase database, IEnumerable<PlatformCouriers> platforms, TimeProvider clock) : IFulfilmentNetwork
{
    public const string WarehouseColumns = "id, code, name, province, city, address, contact_name, contact_phone, priority, active, cut_off, daily_capacity, pack_fen, aliases";
    public const string CourierColumns = "id, code, name, active, volume_divisor";
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Entry? _current;

    private sealed record Entry(AllocationBook Book, long Version, long CheckedAt);

    public async ValueTask<FulfilmentNetwork> CurrentAsync(CancellationToken ct) => (await EntryAsync(ct)).Book.Network;

    public async ValueTask<AllocationBook> BookAsync(CancellationToken ct) => (await EntryAsync(ct)).Book;

    /// <summary>After a change on this host: the next one who asks looks at the version, however fresh the last look was.</summary>
    public void LookAgain()
    {
        if (_current is { } entry) _current = entry with { CheckedAt = entry.CheckedAt - (long)(CheckEvery.TotalSeconds * clock.TimestampFrequency) };
    }

    public static Warehouse ReadWarehouse(NpgsqlDataReader r) =>
        new(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetInt32(8), r.GetBoolean(9))
        {
            CutOff = r.Nullable<TimeOnly>(10), DailyCapacity = r.Nullable<int>(11), PackFen = r.GetInt64(12), Aliases = r.GetFieldValue<string[]>(13),
        };

    public static Courier ReadCourier(NpgsqlDataReader r) => new(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)) { VolumeDivisor = r.Nullable<int>(4) };

    private static Dictionary<int, int> Divisors(IEnumerable<Courier> couriers) => couriers.Where(c => c.VolumeDivisor is not null).ToDictionary(c => c.Id, c => c.VolumeDivisor!.Value);

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
        var warehouses = await database.QueryAsync($"select {WarehouseColumns} from allocation_warehouses order by priority, id", ReadWarehouse, ct);
        var couriers = await database.QueryAsync($"select {CourierColumns} from allocation_couriers order by id", ReadCourier, ct);
        var rates = await database.QueryAsync("select courier_id, from_warehouse_id, to_province, first_grams, first_fen, step_grams, additional_fen from allocation_rates",
            r => new FreightRate(r.GetInt32(0), r.Nullable<int>(1), r.Text(2), r.GetInt32(3), r.GetInt64(4), r.GetInt32(5), r.GetInt64(6)), ct);
        var rules = await database.QueryAsync($"select {RuleColumns.All} from allocation_rules where active order by priority, id", r => RuleColumns.Read(r), ct);
        var suspensions = await database.QueryAsync("select courier_id, warehouse_id, region, from_at, until_at from allocation_suspensions",
            r => new Suspension(r.Nullable<int>(0), r.Nullable<int>(1), r.Text(2), r.GetFieldValue<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4)), ct);
        var weights = (await database.QueryAsync("select freight_percent, pack_percent, late_day, preference_step, balance, unnamed from allocation_weights where id = 1",
            r => new CostWeights(r.GetInt32(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)), ct)).FirstOrDefault() ?? new();
        var splits = (await database.QueryAsync(SplitRules.Select, SplitRules.Read, ct)).FirstOrDefault() ?? new();
        var remote = (await database.QueryAsync("select regions from allocation_remote_areas where id = 1", r => r.GetFieldValue<string[]>(0), ct)).FirstOrDefault() ?? FulfilmentNetwork.UsualRemoteAreas;
        var book = new AllocationBook(new(warehouses, couriers) { RemoteAreas = remote }, new(rates, Divisors(couriers)), rules, suspensions, weights, splits, platforms.ToDictionary(p => p.Platform), $"v{version}");
        return new Entry(book, version, clock.GetTimestamp());
    }
}
