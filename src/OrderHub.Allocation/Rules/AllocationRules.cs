using System.Collections.Frozen;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Allocation.Rules;

internal sealed record WarehouseRule(RuleKind Kind, string Name, IReadOnlySet<string> Matches, IReadOnlyList<int> WarehouseIds)
{
    public bool AppliesTo(AllocationDemand demand) => Kind switch
    {
        RuleKind.Region => demand.Province is not null && Matches.Contains(demand.Province),
        RuleKind.Category => demand.Lines.Any(l => Matches.Contains(l.Category)),
        _ => false,
    };
}

/// <summary>Region rules, then category rules, then the warehouses' own priority: the first warehouse that has everything wins.</summary>
internal sealed class AllocationRules(FulfilmentNetwork network, FreightRates rates, IReadOnlyList<WarehouseRule> rules, string version, IEnumerable<PlatformCouriers>? platforms = null) : IAllocationRules
{
    private readonly FrozenDictionary<ShopKind, IReadOnlySet<string>> _accepted = (platforms ?? []).ToFrozenDictionary(p => p.Platform, p => p.Accepted);
    private const string Fallback = "优先级兜底";

    public AllocationDecision Choose(AllocationDemand demand, StockPicture stock)
    {
        var candidates = new List<AllocationCandidate>();
        foreach (var (warehouse, rule) in InOrder(demand))
        {
            var missing = demand.Lines.FirstOrDefault(l => stock.Available(l.SkuId, warehouse.Id) < l.Quantity);
            if (missing is not null)
            {
                candidates.Add(new(warehouse.Id, rule, false, $"SKU {missing.SkuId} 要 {missing.Quantity} 件，可用 {stock.Available(missing.SkuId, warehouse.Id)} 件"));
                continue;
            }
            var (courier, freight, passedOver) = CheapestCourier(warehouse, demand);
            if (courier is null)
            {
                candidates.Add(new(warehouse.Id, rule, false, passedOver.Length > 0 ? passedOver : "没有快递能到"));
                continue;
            }
            candidates.Add(new(warehouse.Id, rule, true, passedOver.Length > 0 ? $"库存齐全；{passedOver}" : "库存齐全"));
            foreach (var line in demand.Lines) stock.Take(line.SkuId, warehouse.Id, line.Quantity);
            return new(warehouse.Id, courier.Id, freight, version, $"{rule} → {warehouse.Name}，{courier.Name}", candidates, []);
        }
        var short_ = demand.Lines.Where(l => candidates.All(c => stock.Available(l.SkuId, c.WarehouseId) < l.Quantity))
            .Select(l => new MissingStock(l.SkuId, l.Quantity, stock.AvailableEverywhere(l.SkuId))).ToList();
        return new(null, null, 0, version, short_.Count > 0 ? "没有仓库有足够库存" : "没有一个仓库能单独发齐", candidates, short_);
    }

    private IEnumerable<(Warehouse Warehouse, string Rule)> InOrder(AllocationDemand demand)
    {
        var seen = new HashSet<int>();
        foreach (var kind in new[] { RuleKind.Region, RuleKind.Category })
            foreach (var rule in rules.Where(r => r.Kind == kind && r.AppliesTo(demand)))
                foreach (var id in rule.WarehouseIds)
                    if (network.Warehouse(id) is { Active: true } warehouse && seen.Add(id)) yield return (warehouse, rule.Name);
        foreach (var warehouse in network.Warehouses)
            if (warehouse.Active && seen.Add(warehouse.Id)) yield return (warehouse, Fallback);
    }

    /// <summary>
    /// Of the couriers the platform takes: the one it or the buyer named wherever that goes, otherwise the cheapest for this weight and province.
    /// </summary>
    /// <returns>Whom the platform refused though it would have been chosen, in words; empty when none was.</returns>
    private (Courier? Courier, long FreightFen, string PassedOver) CheapestCourier(Warehouse warehouse, AllocationDemand demand)
    {
        var options = network.Couriers.Where(c => c.Active)
            .Select(c => (Courier: c, Fen: rates.Fen(c.Id, warehouse.Id, demand.Province, demand.WeightGrams)))
            .Where(o => o.Fen is not null)
            .OrderBy(o => o.Courier.Code != demand.NamedCourier).ThenBy(o => o.Fen).ThenBy(o => o.Courier.Id).ToList();
        var chosen = options.FindIndex(o => Takes(demand.Platform, o.Courier));
        var passedOver = string.Join("；", options.Take(chosen < 0 ? options.Count : chosen).Select(o => $"{o.Courier.Name}：平台不支持该快递"));
        return chosen < 0 ? (null, 0, passedOver) : (options[chosen].Courier, options[chosen].Fen!.Value, passedOver);
    }

    private bool Takes(ShopKind? platform, Courier courier) => platform is not { } kind || _accepted.GetValueOrDefault(kind) is not { } accepted || accepted.Contains(courier.Code);
}
