using OrderHub.Platform.Results;

namespace OrderHub.Warehousing.Contracts;

/// <summary>
/// What a packer does, for the phone pages and for anyone who plays a packer. Who acts is the scope's
/// <see cref="OrderHub.Platform.Actions.CurrentActor"/>; a person bound to a warehouse is refused elsewhere.
/// Each call opens and commits its own transactions. An order that was merged into another stands for the task that carries both.
/// </summary>
public interface IPackingStation
{
    /// <summary>Takes the most urgent free task of a warehouse, or the named one. Two packers never get the same.</summary>
    Task<Result<PackTask>> ClaimAsync(ClaimTask command, CancellationToken ct);

    /// <summary>Puts a taken task back; what was scanned stays scanned.</summary>
    Task<Result> ReleaseAsync(TaskKey task, CancellationToken ct);

    /// <summary>Counts one piece, once per scan id however often it is sent. A free task becomes the scanning person's.</summary>
    Task<Result<ScanAnswer>> ScanAsync(ScanItem scan, CancellationToken ct);

    /// <summary>Gets the e-waybill and closes the parcel. Packing a packed task returns its parcel.</summary>
    Task<Result<PackedParcel>> PackAsync(TaskKey task, CancellationToken ct);

    /// <summary>Opens a parcel again before handover: the waybill is voided and every piece must be scanned anew.</summary>
    Task<Result> UnpackAsync(TaskKey task, CancellationToken ct);

    Task<Result<HandoverAnswer>> HandOverAsync(HandOverParcels command, CancellationToken ct);
}

/// <param name="Task">Null = the most urgent free task.</param>
public sealed record ClaimTask(int WarehouseId, TaskKey? Task = null);

/// <param name="ScanId">Made by whoever scans, one per pull of the trigger; a resent scan carries the same id.</param>
/// <param name="Code">EAN barcode or SKU code of a base SKU; kits are scanned part by part.</param>
public sealed record ScanItem(TaskKey Task, Guid ScanId, string Code);

/// <summary>Hands over one parcel (<paramref name="WaybillNo"/>) or all packed ones of a courier (<paramref name="CourierCode"/>).</summary>
public sealed record HandOverParcels(int WarehouseId, string? CourierCode = null, string? WaybillNo = null);

/// <param name="Refused">Parcels that must stay, with the reason.</param>
public sealed record HandoverAnswer(int HandedOver, IReadOnlyList<RefusedParcel> Refused);

public sealed record RefusedParcel(string WaybillNo, string OrderNo, Error Reason);

/// <summary>Merged: its goods travel in another task's parcel.</summary>
public enum PickTaskState { Open = 1, Picked = 2, Packed = 3, HandedOver = 4, Cancelled = 5, Merged = 6 }

/// <summary>A task as the packer sees it.</summary>
/// <param name="Hold">Why the warehouse must not go on with it now.</param>
/// <param name="Deadline">Must be packed by then.</param>
public sealed record PackTask(long OrderId, string OrderNo, int WarehouseId, PickTaskState State, string CourierCode, string CourierName, DateTimeOffset Deadline,
    string? ClaimedBy, string? Hold, string? BuyerNote, string? SellerNote, IReadOnlyList<PackLine> Lines, PackedParcel? Parcel)
{
    /// <summary>Which parcel of a split order, of how many.</summary>
    public short Part { get; init; } = 1;
    public int PartCount { get; init; } = 1;

    /// <summary>Orders whose goods go into the same box.</summary>
    public IReadOnlyList<string> MergedOrderNos { get; init; } = [];

    public TaskKey Key => new(OrderId, Part);
    public int Pieces => Lines.Sum(l => l.Quantity);
    public int Scanned => Lines.Sum(l => l.Scanned);
    public bool IsComplete => Lines.All(l => l.IsComplete);
}

public sealed record PackLine(int SkuId, string SkuCode, string Barcode, string Name, string Spec, string? PictureUrl, int Quantity, int Scanned)
{
    public bool IsComplete => Scanned == Quantity;

    /// <summary>Which batches to take, once the task is taken; pieces beyond them carry no batch number.</summary>
    public IReadOnlyList<PackBatch> Batches { get; init; } = [];
}

/// <param name="ExpiresOn">Last day it may be sold; null = does not expire.</param>
/// <param name="IsExpired">There was nothing else.</param>
public sealed record PackBatch(string BatchNo, DateOnly? ExpiresOn, int Quantity, bool IsExpired);

/// <param name="Line">The line the scan counted on.</param>
public sealed record ScanAnswer(PackTask Task, PackLine Line);

/// <param name="RouteCode">The large routing text (three-segment code), as the courier gave it.</param>
public sealed record PackedParcel(long Id, string CourierCode, string WaybillNo, string RouteCode, string Status);
