using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Locking;

/// <summary>The rules in memory: at once after a change on this host, within a second after one on another.</summary>
internal sealed class LockRuleCache(HubDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Entry? _current;

    private sealed record Entry(LockRules Rules, long LoadedAt);

    public ValueTask<LockRules> CurrentAsync(CancellationToken ct) => Fresh is { } entry ? new(entry.Rules) : new(LoadAsync(ct));

    public void Forget() => _current = null;

    private Entry? Fresh => _current is { } entry && clock.GetElapsedTime(entry.LoadedAt) < CheckEvery ? entry : null;

    private async Task<LockRules> LoadAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            if (Fresh is { } entry) return entry.Rules;
            var rules = new LockRules(await ReadAsync(database, ct));
            _current = new(rules, clock.GetTimestamp());
            return rules;
        }
        finally
        {
            _loading.Release();
        }
    }

    public static Task<List<LockRule>> ReadAsync(HubDatabase database, CancellationToken ct) => database.QueryAsync(
        "select id, shop_id, sku_id, promotion_type, policy, unpaid_hold_minutes from orders_lock_rules order by id",
        r => new LockRule(r.GetInt32(0), r.Nullable<int>(1), r.Nullable<int>(2), r.Text(3), (LockPolicy)r.GetInt32(4), r.GetInt32(5)), ct);
}
