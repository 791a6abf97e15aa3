using OrderHub.Inventory.Contracts;

namespace OrderHub.Allocation.Contracts;

/// <summary>One line of an order as it may be packed: its pieces can travel apart, the parts of a kit never.</summary>
/// <param name="WeightGrams">Of one piece, as <paramref name="VolumeCm3"/> and <paramref name="Goods"/>.</param>
/// <param name="Goods">Base SKUs.</param>
public sealed record DemandUnit(int LineNo, int Quantity, string Category, int WeightGrams, int VolumeCm3, IReadOnlyList<DemandLine> Goods);

/// <param name="LineNo">Of the order.</param>
public sealed record PartLine(int LineNo, int Quantity);

/// <summary>One parcel of an order that is sent in several.</summary>
/// <param name="Cost">Of this parcel alone; the price of splitting stands with the second and later ones.</param>
public sealed record DecisionPart(int WarehouseId, int CourierId, long FreightFen, AllocationCost Cost, IReadOnlyList<PartLine> Lines)
{
    /// <summary>Per base SKU; empty in a decision that was read back.</summary>
    public IReadOnlyList<DemandLine> Goods { get; init; } = [];
}

public enum SplitKind { Whole = 0, Warehouse = 1, Weight = 2, Volume = 3, Category = 4 }

public static class SplitKinds
{
    /// <summary>A localizer key.</summary>
    public static string Chinese(this SplitKind kind) => kind switch
    {
        SplitKind.Whole => "不拆，一个包裹",
        SplitKind.Warehouse => "按仓库拆",
        SplitKind.Weight => "按重量拆",
        SplitKind.Volume => "按体积拆",
        SplitKind.Category => "按品类拆",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>One way to send an order.</summary>
/// <param name="Decision">Without a warehouse: this way is not possible, its reason says why. With one part or none: nothing needs to be split.</param>
public sealed record SplitPlan(SplitKind Kind, AllocationDecision Decision)
{
    public long TotalFen => Decision.Parts.Count > 0 ? Decision.Parts.Sum(p => p.Cost.Total) : Decision.Candidates.FirstOrDefault()?.Cost?.Total ?? 0;
}

public static class DecisionReservations
{
    /// <summary>What the decision takes from the pool; nothing when no warehouse can send the order.</summary>
    /// <param name="goods">The whole order's demand per base SKU.</param>
    public static IEnumerable<Reservation> Reservations(this AllocationDecision decision, long orderId, int shopId, IReadOnlyList<DemandLine> goods, HoldReason reason = HoldReason.Paid) =>
        decision.WarehouseId is not { } warehouse ? []
        : decision.Parts.Count == 0 ? goods.Select(g => new Reservation(orderId, g.SkuId, warehouse, g.Quantity, shopId, Reason: reason))
        : decision.Parts.SelectMany((part, i) => part.Goods.Select(g => new Reservation(orderId, g.SkuId, part.WarehouseId, g.Quantity, shopId, (short)(i + 1), reason)));
}
