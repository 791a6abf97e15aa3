using OrderHub.Platform.Accounts;

namespace OrderHub.Inventory.Contracts;

/// <summary>Whether the counters agree with their ledgers, as the last scheduled check found.</summary>
public interface IStockHealth
{
    /// <summary>Null before the first check.</summary>
    Task<StockHealth?> ReadAsync(CancellationToken ct);
}

/// <param name="CleanSince">The first check after the last one that found a breach; since then there were none.</param>
/// <param name="LastBreachAt">Null = never.</param>
/// <param name="Examples">Lines that a person can act on.</param>
public sealed record StockHealth(DateTimeOffset CheckedAt, long Checked, long Breaches, DateTimeOffset CleanSince, DateTimeOffset? LastBreachAt, IReadOnlyList<string> Examples);

/// <summary>Shows where a counter drifted from its ledger, and puts it back. The ledger is the truth and is never touched.</summary>
public interface IStockRepair
{
    Task<IReadOnlyList<CounterDrift>> FindAsync(CancellationToken ct);

    /// <summary>Every counter that can be put back without selling what is not there is put back, under the SKU's lock, audited and kept as a repair.</summary>
    Task<IReadOnlyList<CounterDrift>> ApplyAsync(Actor actor, CancellationToken ct);
}

/// <param name="Counter">Column: <c>on_hand</c>, <c>reserved</c>…</param>
/// <param name="Fixable">False: what the ledgers say cannot all be true (more reserved than on hand); release orders or adjust first.</param>
public sealed record CounterDrift(int SkuId, int WarehouseId, string Counter, int Counted, int ByLedger, bool Fixable);
