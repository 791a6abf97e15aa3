namespace OrderHub.Warehousing.Contracts;

/// <summary>How much work stands where, for dashboards and simulated staff.</summary>
public interface IWarehouseFloor
{
    /// <summary>One row per warehouse that has open work.</summary>
    Task<IReadOnlyList<FloorCount>> CountAsync(CancellationToken ct);
}

/// <param name="ToPick">Tasks nobody has taken yet (待拣货).</param>
/// <param name="ToCheck">Taken or fully scanned, not packed (待复核).</param>
/// <param name="ToHandOver">Packed parcels the courier does not have yet (待交接).</param>
/// <param name="Late">Tasks not packed whose deadline has passed.</param>
public sealed record FloorCount(int WarehouseId, int ToPick, int ToCheck, int ToHandOver, int Late);
