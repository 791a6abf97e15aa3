using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Contracts;

/// <summary>
/// The one stock pool of all channels: lock first, deduct later, never oversell. Joins the caller's transaction; never commits.
/// Every change begins with <see cref="LockAsync"/>, which takes the SKUs' pool rows in ascending order, so that two transactions
/// that meet wait for each other instead of deadlocking. Quantities are pieces of base SKUs (kits are exploded before).
/// </summary>
public interface IStockPool
{
    /// <summary>
    /// Locks the SKUs, and those the given orders hold, until the transaction ends, and returns their stock at that moment.
    /// Name every order that will be released or deducted here, so that all locks are taken in one ascending sweep. Unknown SKUs are simply absent.
    /// </summary>
    Task<StockPicture> LockAsync(HubTransaction tx, IReadOnlyCollection<int> skuIds, IReadOnlyCollection<long> heldByOrderIds, CancellationToken ct);

    /// <summary>Writes reservations that were taken out of a picture locked in this transaction. The database refuses what does not fit.</summary>
    Task ReserveAsync(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, CancellationToken ct);

    /// <summary>Gives back everything the orders still hold. Releasing twice changes nothing.</summary>
    Task ReleaseAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, ReleaseReason reason, Actor actor, CancellationToken ct);

    /// <summary>The goods left the warehouse: on hand and reserved go down together, once. A second call changes nothing.</summary>
    Task DeductAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, Actor actor, CancellationToken ct);
}

public enum ReleaseReason { Cancelled = 1, UnpaidTooLong = 2, Rerouted = 3, ShipmentStopped = 4 }

/// <summary>One order's hold on one SKU in one warehouse, kits exploded and lines summed.</summary>
public sealed record Reservation(long OrderId, int SkuId, int WarehouseId, int Quantity);

/// <summary>Stock of the locked SKUs, and what planning takes from it. Not thread-safe; lives as long as the transaction.</summary>
public sealed class StockPicture(IReadOnlyDictionary<(int SkuId, int WarehouseId), int> available)
{
    private readonly Dictionary<(int SkuId, int WarehouseId), int> _available = new(available);

    /// <summary>On hand − reserved − frozen, less what was taken from this picture.</summary>
    public int Available(int skuId, int warehouseId) => _available.GetValueOrDefault((skuId, warehouseId));

    public int AvailableEverywhere(int skuId) => _available.Where(p => p.Key.SkuId == skuId).Sum(p => p.Value);

    /// <exception cref="InvalidOperationException">More than is there: a planning bug, not a shortage.</exception>
    public void Take(int skuId, int warehouseId, int quantity)
    {
        var left = Available(skuId, warehouseId) - quantity;
        if (left < 0) throw new InvalidOperationException($"SKU {skuId} in warehouse {warehouseId}: {quantity} taken, {left + quantity} there.");
        _available[(skuId, warehouseId)] = left;
    }
}

/// <summary>Some SKUs' available quantity changed; one event per transaction.</summary>
/// <param name="OnlyTaken">It only went down: who waits for stock finds nothing new.</param>
public sealed record StockChanged(int[] SkuIds, bool OnlyTaken = false);

/// <summary>Reads for other modules and pages.</summary>
public interface IStockReader
{
    /// <summary>Per SKU: available over all warehouses, and what the channels may show by the SKU's own rule (safety stock deducted, 0 at or below the threshold).</summary>
    Task<IReadOnlyList<PublishableStock>> PublishableAsync(IReadOnlyCollection<int> skuIds, CancellationToken ct);

    Task<IReadOnlyList<StockRow>> RowsAsync(int skuId, CancellationToken ct);

    /// <summary>What the orders hold now, by order, SKU and warehouse.</summary>
    Task<IReadOnlyList<Reservation>> HeldByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);

    /// <summary>Pieces the orders hold now; orders that hold nothing are absent.</summary>
    Task<IReadOnlyDictionary<long, int>> HeldPiecesAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);
}

public sealed record PublishableStock(int SkuId, int Available, int Publish);

public sealed record StockRow(int SkuId, int WarehouseId, int OnHand, int Reserved, int Defective, int Frozen, int InTransit)
{
    public int Available => OnHand - Reserved - Frozen;
}

/// <summary>Sets or changes stock by hand or by document; ledgered and audited. Opens its own transaction.</summary>
public interface IStockAdjustments
{
    /// <summary>The same idempotency key again returns the first answer and changes nothing.</summary>
    Task<Result<StockRow>> AdjustAsync(StockAdjustment adjustment, Actor actor, CancellationToken ct);
}

/// <param name="Delta">Pieces; positive = found or received, negative = lost.</param>
public sealed record StockAdjustment(string IdempotencyKey, int SkuId, int WarehouseId, int Delta, string Reason);
