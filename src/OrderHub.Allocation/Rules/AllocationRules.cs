using OrderHub.Allocation.Contracts;
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
internal sealed class AllocationRules(FulfilmentNetwork network, FreightRates rates, IReadOnlyList<WarehouseRule> rules, string version) : IAllocationRules
{
    private const string Fallback = "优先级兜底";

    public AllocationDecision Choose(AllocationDemand demand, StockPicture stock)
    {
        var candidates = new List<AllocationCandidate>();
        foreach (var (warehouse, rule) in InOrder(demand))
        {
            var missing = demand.Lines.FirstOrDefault(l => stock.Available(l.SkuId, warehouse.Id, demand.ShopId) < l.Quantity);
            if (missing is not null)
            {
                candidates.Add(new(warehouse.Id, rule, false, $"SKU {missing.SkuId} 要 {missing.Quantity} 件，可用 {stock.Available(missing.SkuId, warehouse.Id, demand.ShopId)} 件"));
                continue;
            }
            var (courier, freight) = CheapestCourier(warehouse, demand);
            if (courier is null)
            {
                candidates.Add(new(warehouse.Id, rule, false, "没有快递能到"));
                continue;
            }
            candidates.Add(new(warehouse.Id, rule, true, "库存齐全"));
            foreach (var line in demand.Lines) stock.Take(line.SkuId, warehouse.Id, line.Quantity, demand.ShopId);
            return new(warehouse.Id, courier.Id, freight, version, $"{rule} → {warehouse.Name}，{courier.Name}", candidates, []);
        }
        var short_ = demand.Lines.Where(l => candidates.All(c => stock.Available(l.SkuId, c.WarehouseId, demand.ShopId) < l.Quantity))
            .Select(l => new MissingStock(l.SkuId, l.Quantity, stock.AvailableEverywhere(l.SkuId, demand.ShopId))).ToList();
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

    /// <summary>A courier the platform or the buyer named wins wherever it goes; otherwise the cheapest for this weight and province.</summary>
    private (Courier? Courier, long FreightFen) CheapestCourier(Warehouse warehouse, AllocationDemand demand)
    {
        var options = network.Couriers.Where(c => c.Active)
            .Select(c => (Courier: c, Fen: rates.Fen(c.Id, warehouse.Id, demand.Province, demand.WeightGrams)))
            .Where(o => o.Fen is not null).ToList();
        if (options.Count == 0) return (null, 0);
        var named = options.FirstOrDefault(o => o.Courier.Code == demand.NamedCourier);
        var chosen = named.Courier is not null ? named : options.MinBy(o => (o.Fen, o.Courier.Id));
        return (chosen.Courier, chosen.Fen!.Value);
    }
}
