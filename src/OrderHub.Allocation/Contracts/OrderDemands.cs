using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Contracts;

/// <summary>What orders ask of allocation. The module that owns the orders answers.</summary>
public interface IOrderDemands
{
    /// <summary>Locks the order until the transaction ends.</summary>
    /// <returns>Null when there is no such order; without lines when none of its goods is a known SKU.</returns>
    Task<AllocationDemand?> FindAsync(HubTransaction tx, long orderId, CancellationToken ct);

    /// <returns>The orders the platforms know by this number; more than one when two shops use it.</returns>
    Task<IReadOnlyList<long>> FindIdsAsync(HubTransaction tx, string platformOrderNo, CancellationToken ct);

    /// <summary>Kits exploded and pieces summed per base SKU, as for a real order.</summary>
    IReadOnlyList<DemandLine> Explode(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog);

    /// <summary>The same line by line, as they may be packed; they count from 1.</summary>
    IReadOnlyList<DemandUnit> Units(IEnumerable<(Sku Sku, int Quantity)> lines, CatalogSnapshot catalog);
}
