using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Contracts;

/// <summary>
/// The one stock pool of all channels: lock first, deduct later, never oversell. Joins the caller's transaction; never commits.
/// Every change begins with <see cref="LockAsync"/>, which takes the SKUs' pool rows in ascending order, so that two transactions
/// that meet wait for each other instead of deadlocking; only what there is plenty of may be looked at first and locked when it is taken. Quantities are pieces of base SKUs (kits are exploded before).
/// </summary>
public interface IStockPool
{
    /// <summary>
    /// Locks the SKUs, and those the given orders hold, until the transaction ends, and returns their stock at that moment.
    /// Name every order that will be released or deducted here, so that all locks are taken in one ascending sweep. Unknown SKUs are simply absent.
    /// </summary>
    Task<StockPicture> LockAsync(HubTransaction tx, IReadOnlyCollection<int> skuIds, IReadOnlyCollection<long> heldByOrderIds, CancellationToken ct);

    /// <summary>
    /// The stock as it stands, not locked, if there is so much of everything that those who take of it meanwhile leave enough. What is taken
    /// out of it is written with <see cref="ReserveFromPlentyAsync"/>, late in the transaction, so that other buyers wait for little more than its commit.
    /// </summary>
    /// <param name="demand">What the transaction wants at most; a SKU may occur often.</param>
    /// <returns>Null when something is scarce, sold out, or set aside for a shop: lock it.</returns>
    Task<StockPicture?> FindPlentyAsync(HubTransaction tx, IReadOnlyCollection<(int SkuId, int Quantity)> demand, CancellationToken ct);

    /// <summary>Writes reservations that were taken out of a picture locked in this transaction. The database refuses what does not fit.</summary>
    Task ReserveAsync(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, CancellationToken ct);

    /// <summary>Locks the SKUs, ascending, and writes reservations that were taken out of <see cref="FindPlentyAsync"/>'s picture.</summary>
    /// <exception cref="LostRaceException">The plenty is gone meanwhile, or some of it was set aside for a shop.</exception>
    Task ReserveFromPlentyAsync(HubTransaction tx, IReadOnlyCollection<Reservation> reservations, CancellationToken ct);

    /// <summary>Gives back everything the orders still hold. Releasing twice changes nothing.</summary>
    Task ReleaseAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, ReleaseReason reason, Actor actor, CancellationToken ct);

    /// <summary>The goods left the warehouse: on hand and reserved go down together, once. A second call changes nothing.</summary>
    Task DeductAsync(HubTransaction tx, IReadOnlyCollection<long> orderIds, Actor actor, CancellationToken ct);

    /// <summary>One parcel of a split order left: its goods are deducted, the other parcels' stay reserved. A second call changes nothing.</summary>
    Task DeductPartAsync(HubTransaction tx, long orderId, short part, Actor actor, CancellationToken ct);
}

/// <summary>Why goods are held: bought and paid, placed but not paid yet, a presale's deposit, or moved by somebody who had them held elsewhere.</summary>
public enum HoldReason : short { Paid = 1, Placed = 2, Deposit = 3, Moved = 4 }

public enum ReleaseReason { Cancelled = 1, UnpaidTooLong = 2, Rerouted = 3, ShipmentStopped = 4 }

/// <summary>One order's hold on one SKU in one warehouse, kits exploded and lines summed.</summary>
/// <param name="ShopId">The order's shop, whose quota is used first; 0 = takes from the shared stock only.</param>
/// <param name="Part">For which parcel, where an order goes in several; they count from 1.</param>
public sealed record Reservation(long OrderId, int SkuId, int WarehouseId, int Quantity, int ShopId = 0, short Part = 1, HoldReason Reason = HoldReason.Paid);

/// <summary>Some SKUs' available quantity changed; one event per transaction.</summary>
/// <param name="OnlyTaken">It only went down: who waits for stock finds nothing new.</param>
public sealed record StockChanged(int[] SkuIds, bool OnlyTaken = false);

/// <summary>Reads for other modules and pages.</summary>
public interface IStockReader
{
    /// <summary>Per SKU: available over all warehouses, and what the channels may show by the SKU's own rule (safety stock deducted, 0 at or below the threshold).</summary>
    Task<IReadOnlyList<PublishableStock>> PublishableAsync(IReadOnlyCollection<int> skuIds, CancellationToken ct);

    Task<IReadOnlyList<StockRow>> RowsAsync(int skuId, CancellationToken ct);

    /// <summary>What the orders hold now, by order, SKU, warehouse and parcel.</summary>
    Task<IReadOnlyList<Reservation>> HeldByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);

    /// <summary>Pieces the orders hold now; orders that hold nothing are absent.</summary>
    Task<IReadOnlyDictionary<long, int>> HeldPiecesAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);

    /// <summary>What the orders hold now and what has left for them, by order and SKU.</summary>
    Task<IReadOnlyList<TakenStock>> TakenByAsync(IReadOnlyCollection<long> orderIds, CancellationToken ct);
}

/// <param name="Held">Pieces still reserved.</param>
/// <param name="Shipped">Pieces whose reservation ended by shipping.</param>
public sealed record TakenStock(long OrderId, int SkuId, int Held, int Shipped);

/// <param name="Available">All of it, whoever it is set aside for.</param>
public sealed record PublishableStock(int SkuId, int Available, int Publish)
{
    /// <summary>What shops without a quota share, and what each shop with one may sell. Empty while nothing is set aside.</summary>
    public IReadOnlyDictionary<int, PublishableShare> Shares { get; init; } = new Dictionary<int, PublishableShare>();

    /// <summary>What one shop may sell: its own quota and the shared rest, never another shop's.</summary>
    public PublishableShare For(int shopId) => Shares.GetValueOrDefault(shopId) ?? Shares.GetValueOrDefault(0) ?? new(Available, Publish);
}

public sealed record PublishableShare(int Available, int Publish);

/// <param name="OnHand">Sellable pieces in the warehouse, those reserved or frozen included. Defective pieces lie beside it, not in it.</param>
/// <param name="Frozen">Part of on hand that nobody may take.</param>
public sealed record StockRow(int SkuId, int WarehouseId, int OnHand, int Reserved, int Defective, int Frozen, int PurchaseInTransit, int TransferInTransit = 0, int ReturnInTransit = 0)
{
    public int Available => OnHand - Reserved - Frozen;
    public int InTransit => PurchaseInTransit + TransferInTransit + ReturnInTransit;
}

/// <summary>Sets or changes stock by hand or by document; ledgered and audited. Opens its own transaction.</summary>
public interface IStockAdjustments
{
    /// <summary>The same idempotency key again changes nothing and says how that adjustment stands; turned down by a colleague, it is a refusal.</summary>
    Task<Result<AdjustmentOutcome>> AdjustAsync(StockAdjustment adjustment, Actor actor, CancellationToken ct);
}

/// <param name="Delta">Pieces; positive = found or received, negative = lost.</param>
public sealed record StockAdjustment(string IdempotencyKey, int SkuId, int WarehouseId, int Delta, string Reason);

/// <param name="No">The adjustment's document.</param>
/// <param name="IsWaiting">Above what the actor may adjust alone: stock stays as it is until a second person approves.</param>
public sealed record AdjustmentOutcome(string No, bool IsWaiting, StockRow Stock);
