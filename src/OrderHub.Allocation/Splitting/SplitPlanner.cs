using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Allocation.Splitting;

/// <summary>Pieces to be taken out of a picture, in the sequence in which they fit.</summary>
internal sealed record StockTake(int SkuId, int WarehouseId, int Quantity);

/// <summary>
/// Divides an order into parcels. Over warehouses: as few as have it all together, of equally few the cheapest, a line whole where one of them
/// has it. Within a warehouse: goods that may not lie together apart, then first fit of the heaviest piece first. A kit is never torn apart,
/// and an order that has to go whole is never divided, whoever asks.
/// </summary>
/// <param name="examine">What one warehouse says to one parcel.</param>
internal sealed class SplitPlanner(AllocationBook book, Func<Warehouse, AllocationDemand, StockPicture, AllocationCandidate> examine, Func<Warehouse, Courier, AllocationDemand, long> freight)
{
    /// <summary>So many pieces of one line.</summary>
    private readonly record struct Load(DemandUnit Unit, int Quantity);

    /// <returns>Null when no few warehouses have it all together, or one of them cannot send its part.</returns>
    public (AllocationDecision Decision, IReadOnlyList<StockTake> Takes)? Across(AllocationDemand demand, StockPicture stock, SplitRules rules)
    {
        if (demand.GoesWhole) return null;
        var units = demand.Units?.Invoke() ?? [];
        if (units.Sum(u => u.Quantity) < 2 || demand.Lines.Any(l => stock.AvailableEverywhere(l.SkuId, demand.ShopId) < l.Quantity)) return null;
        var may = units.ToDictionary(u => u.LineNo, u => book.Network.Warehouses.Where(w => w.Active && examine(w, Part(demand, [new(u, 1)]), stock).Obstacle is Obstacle.None or Obstacle.Stock).Select(w => w.Id).ToHashSet());
        var usable = book.Network.Warehouses.Where(w => may.Values.Any(ids => ids.Contains(w.Id))).ToList();
        for (var count = 2; count <= Math.Min(rules.MostParcels, usable.Count); count++)
        {
            var cheapest = Combinations(usable, count).Select(some => Divide(demand, units, some, may, stock, rules)).Where(p => p is not null).MinBy(p => p!.Value.Parts.Sum(x => x.Cost.Total));
            if (cheapest is { } plan) return (Decide(plan.Parts, "一个仓发不齐，拆单"), plan.Takes);
        }
        return null;
    }

    /// <returns>Null when one parcel holds it all, when it would be too many, or when no courier takes a part.</returns>
    public AllocationDecision? Packed(AllocationDemand demand, StockPicture stock, Warehouse warehouse, SplitRules rules)
    {
        if (demand.GoesWhole || !rules.Exceeds(demand)) return null;
        var loads = demand.Units!().Select(u => new Load(u, u.Quantity)).ToList();
        var mayPart = demand.AmountFen >= (rules.FromFen ?? long.MaxValue) ? rules : rules with { Apart = [] };
        return Parcels(demand, loads, warehouse, stock, mayPart) is { Count: > 1 and <= SplitRules.Most } parts ? Decide(Priced(parts, rules), "一个包裹装不下或不能同包，拆单") : null;
    }

    private (IReadOnlyList<DecisionPart> Parts, IReadOnlyList<StockTake> Takes)? Divide(AllocationDemand demand, IReadOnlyList<DemandUnit> units, IReadOnlyList<Warehouse> warehouses,
        Dictionary<int, HashSet<int>> may, StockPicture stock, SplitRules rules)
    {
        var (left, takes, loads) = (stock.Copy(), new List<StockTake>(), warehouses.ToDictionary(w => w.Id, _ => new List<Load>()));
        foreach (var unit in units)
        {
            var open = unit.Quantity;
            var places = warehouses.Where(w => may[unit.LineNo].Contains(w.Id)).ToList();
            // whole where one of them has it: there first
            foreach (var warehouse in places.OrderByDescending(w => Fits(unit, w, left, demand.ShopId) >= unit.Quantity))
            {
                var pieces = Math.Min(open, Fits(unit, warehouse, left, demand.ShopId));
                if (pieces == 0) continue;
                foreach (var goods in unit.Goods)
                {
                    left.Take(goods.SkuId, warehouse.Id, goods.Quantity * pieces, demand.ShopId);
                    takes.Add(new(goods.SkuId, warehouse.Id, goods.Quantity * pieces));
                }
                loads[warehouse.Id].Add(new(unit, pieces));
                open -= pieces;
            }
            if (open > 0) return null;
        }
        var parts = new List<DecisionPart>();
        foreach (var warehouse in warehouses)
        {
            if (loads[warehouse.Id].Count == 0) return null; // fewer warehouses have it all: that was tried before
            if (Parcels(demand, loads[warehouse.Id], warehouse, stock, rules) is not { } parcels) return null;
            parts.AddRange(parcels);
        }
        return parts.Count > SplitRules.Most ? null : (Priced(parts, rules), takes);
    }

    private static int Fits(DemandUnit unit, Warehouse warehouse, StockPicture left, int shopId) => unit.Goods.Min(g => left.Available(g.SkuId, warehouse.Id, shopId) / g.Quantity);

    /// <returns>Null when a parcel cannot be sent from there.</returns>
    private List<DecisionPart>? Parcels(AllocationDemand demand, IReadOnlyList<Load> loads, Warehouse warehouse, StockPicture stock, SplitRules rules)
    {
        var parts = new List<DecisionPart>();
        foreach (var box in loads.GroupBy(l => rules.Apart.Contains(l.Unit.Category) ? l.Unit.Category : null).SelectMany(group => Boxes([.. group], rules)))
        {
            var part = Part(demand, box);
            if (examine(warehouse, part, stock) is not { Fits: true } candidate) return null;
            var courier = book.Network.Courier(candidate.CourierId)!;
            parts.Add(new(warehouse.Id, courier.Id, freight(warehouse, courier, part), candidate.Cost!, [.. box.Select(l => new PartLine(l.Unit.LineNo, l.Quantity))]) { Goods = part.Lines });
        }
        return parts;
    }

    /// <summary>First fit, the heaviest piece first. A piece above the bounds lies alone.</summary>
    private static List<List<Load>> Boxes(IReadOnlyList<Load> loads, SplitRules rules)
    {
        if (rules.MaxGrams is null && rules.MaxCm3 is null) return [[.. loads]];
        var (maxGrams, maxCm3) = (rules.MaxGrams ?? int.MaxValue, rules.MaxCm3 ?? int.MaxValue);
        var boxes = new List<(List<Load> Loads, long Grams, long Cm3)>();
        foreach (var (unit, quantity) in loads.OrderByDescending(l => l.Unit.WeightGrams).ThenByDescending(l => l.Unit.VolumeCm3))
            for (var open = quantity; open > 0 && boxes.Count <= SplitRules.Most;)
            {
                var at = boxes.FindIndex(b => b.Grams + unit.WeightGrams <= maxGrams && b.Cm3 + unit.VolumeCm3 <= maxCm3);
                if (at < 0)
                {
                    at = boxes.Count;
                    boxes.Add(([], 0, 0));
                }
                var (box, grams, cm3) = boxes[at];
                var room = Math.Min(unit.WeightGrams == 0 ? open : (maxGrams - grams) / unit.WeightGrams, unit.VolumeCm3 == 0 ? open : (maxCm3 - cm3) / unit.VolumeCm3);
                var pieces = (int)Math.Clamp(room, 1, open);
                box.Add(new(unit, pieces));
                boxes[at] = (box, grams + (long)unit.WeightGrams * pieces, cm3 + (long)unit.VolumeCm3 * pieces);
                open -= pieces;
            }
        return boxes.ConvertAll(b => b.Loads);
    }

    private static AllocationDemand Part(AllocationDemand demand, IReadOnlyList<Load> loads) => demand with
    {
        Lines = [.. loads.SelectMany(l => l.Unit.Goods.Select(g => g with { Quantity = g.Quantity * l.Quantity })).GroupBy(g => g.SkuId).Select(g => g.First() with { Quantity = g.Sum(x => x.Quantity) }).OrderBy(g => g.SkuId)],
        WeightGrams = loads.Sum(l => l.Unit.WeightGrams * l.Quantity), VolumeCm3 = loads.Sum(l => l.Unit.VolumeCm3 * l.Quantity), Units = null,
    };

    private static List<DecisionPart> Priced(IReadOnlyList<DecisionPart> parts, SplitRules rules) => [.. parts.Select((p, i) => i == 0 ? p : p with { Cost = p.Cost with { Split = rules.ParcelFen } })];

    private AllocationDecision Decide(IReadOnlyList<DecisionPart> parts, string why) => new(parts[0].WarehouseId, parts[0].CourierId, parts.Sum(p => p.FreightFen), book.Version,
        $"{why} → {string.Join('；', parts.Select(p => $"{book.Network.Warehouse(p.WarehouseId)!.Name}，{book.Network.Courier(p.CourierId)!.Name}"))}", [], []) { Parts = parts };

    private static IEnumerable<IReadOnlyList<Warehouse>> Combinations(IReadOnlyList<Warehouse> all, int count, int from = 0)
    {
        if (count == 0) { yield return []; yield break; }
        for (var i = from; i <= all.Count - count; i++)
            foreach (var rest in Combinations(all, count - 1, i + 1)) yield return [all[i], .. rest];
    }
}
