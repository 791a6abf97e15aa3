using OrderHub.Allocation.Contracts;

namespace OrderHub.Allocation.Rules;

/// <summary>What a rule does with the warehouses or couriers it names. Prefer keeps the order of the list.</summary>
internal enum RuleEffect : short { None = 0, Prefer = 1, Only = 2, Never = 3 }

/// <summary>An empty list or a missing bound asks nothing; all that is asked must hold. Weights in grams, amounts in fen, bounds inclusive.</summary>
/// <param name="Regions">Province, province/city or province/city/district, by short province name: 广东, 广东/深圳市.</param>
internal sealed record RuleConditions(IReadOnlyList<string> Regions, IReadOnlyList<string> Categories, IReadOnlyList<int> SkuIds, IReadOnlyList<int> ShopIds,
    int? MinGrams, int? MaxGrams, long? MinFen, long? MaxFen)
{
    public bool Hold(AllocationDemand demand) =>
        (Regions.Count == 0 || Regions.Any(r => Places.Covers(r, demand.Province, demand.City, demand.District)))
        && (Categories.Count == 0 || demand.Lines.Any(l => Categories.Contains(l.Category)))
        && (SkuIds.Count == 0 || demand.Lines.Any(l => SkuIds.Contains(l.SkuId)))
        && (ShopIds.Count == 0 || ShopIds.Contains(demand.ShopId))
        && demand.WeightGrams >= (MinGrams ?? 0) && demand.WeightGrams <= (MaxGrams ?? int.MaxValue)
        && demand.AmountFen >= (MinFen ?? 0) && demand.AmountFen <= (MaxFen ?? long.MaxValue);
}

/// <summary>One business rule, as operations wrote it.</summary>
internal sealed record AllocationRule(string Name, RuleConditions Conditions, RuleEffect OnWarehouses, IReadOnlyList<int> WarehouseIds, RuleEffect OnCouriers, IReadOnlyList<int> CourierIds);

/// <summary>Couriers that do not go somewhere for now. Null = all of them; the place as in <see cref="RuleConditions"/>, null = everywhere.</summary>
internal sealed record Suspension(int? CourierId, int? WarehouseId, string? Region, DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Stops(int courierId, int warehouseId, AllocationDemand demand, DateTimeOffset now) =>
        (CourierId ?? courierId) == courierId && (WarehouseId ?? warehouseId) == warehouseId && now >= From && now < (Until ?? DateTimeOffset.MaxValue)
        && (Region is null || Places.Covers(Region, demand.Province, demand.City, demand.District));
}

/// <summary>The prices of what no rate table knows, in fen; operations may change them.</summary>
/// <param name="PreferenceStep">Per place down a rule's list. Large by default: then rules decide and cost only among equals.</param>
/// <param name="LateDay">Per started day after the deadline.</param>
/// <param name="Balance">For taking all that a warehouse has free; less in proportion.</param>
/// <param name="Unnamed">For not going by the courier that platform or buyer asked for.</param>
/// <param name="FreightPercent">Freight counts this much.</param>
internal sealed record CostWeights(int FreightPercent = 100, int PackPercent = 100, long LateDay = 2_000, long PreferenceStep = 10_000, long Balance = 100, long Unnamed = 1_000_000);

internal static class Places
{
    /// <param name="region">广东, 广东/深圳市 or 广东/深圳市/南山区.</param>
    public static bool Covers(string region, string? province, string? city, string? district)
    {
        var parts = region.Split('/');
        return parts[0] == province && (parts.Length < 2 || parts[1] == city) && (parts.Length < 3 || parts[2] == district);
    }
}
