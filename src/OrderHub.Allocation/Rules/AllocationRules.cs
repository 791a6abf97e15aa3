using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.Allocation.Rules;

/// <summary>Everything choosing needs, as it was loaded; one version.</summary>
internal sealed record AllocationBook(FulfilmentNetwork Network, FreightRates Rates, IReadOnlyList<AllocationRule> Rules, IReadOnlyList<Suspension> Suspensions, CostWeights Weights, SplitRules Splits,
    IReadOnlyDictionary<ShopKind, PlatformCouriers> CouriersOfPlatforms, string Version);

/// <summary>
/// The book at one moment. Rules say which warehouses and couriers may, may not or should rather; stock, couriers' reach, suspensions and
/// capacity say which can; of those the cheapest pair wins. Made for one batch: it counts what it hands out against the day's capacity.
/// </summary>
internal sealed partial class AllocationRules(AllocationBook book, DateTimeOffset now, IReadOnlyDictionary<int, int> ordersToday) : IAllocationRules
{
    private const string PlatformNamed = "平台指定仓", Cheapest = "综合成本最低", Refused = "仓库拒单", CourierNamed = "指定快递";
    private readonly Dictionary<int, int> _ordersToday = new(ordersToday);
    private readonly DateTime _local = ShopTime.ToLocal(now);
    private readonly DateOnly _today = ShopTime.BusinessDay(now);

    /// <summary>What the rules say of one order.</summary>
    /// <param name="Only">Who alone may, and the rule that says so; null = everyone.</param>
    /// <param name="Never">Who may not, each with the rule that says so; null = nobody.</param>
    private sealed record Verdict(IReadOnlyDictionary<int, (int Place, string Rule)> Places, (IReadOnlyList<int> Ids, string Rule)? Only, Dictionary<int, string>? Never,
        IReadOnlyList<(int Id, string Rule)> CourierOrder, (IReadOnlyList<int> Ids, string Rule)? OnlyCouriers, Dictionary<int, string>? NeverCouriers, Named Named)
    {
        public bool SpeaksOfCouriers => OnlyCouriers is not null || CourierOrder.Count > 0 || NeverCouriers is not null || Named.Courier is not null;
    }

    public AllocationDecision Choose(AllocationDemand demand, StockPicture stock)
    {
        var candidates = Candidates(demand, stock);
        var (decision, takes) = Decide(demand, stock, candidates);
        foreach (var (skuId, warehouseId, quantity) in takes) stock.Take(skuId, warehouseId, quantity, demand.ShopId);
        foreach (var warehouseId in decision.Warehouses)
            if (!IsCounted(demand, warehouseId)) _ordersToday[warehouseId] = _ordersToday.GetValueOrDefault(warehouseId) + 1;
        return Said(decision, demand) with { Candidates = candidates, CountedIn = demand.CountedIn, At = now };
    }

    public IReadOnlyList<SplitPlan> Plans(AllocationDemand demand, StockPicture stock)
    {
        var candidates = Candidates(demand, stock);
        var whole = candidates is [{ Fits: true } best, ..] ? Whole(demand, best) : Shortage(demand, stock, candidates);
        var warehouse = book.Network.Warehouse(whole.WarehouseId);
        SplitPlan Plan(SplitKind kind, AllocationDecision? split) => new(kind, Said(split ?? whole, demand) with { Candidates = candidates, CountedIn = demand.CountedIn, At = now });
        SplitPlan Packed(SplitKind kind, SplitRules rules) => Plan(kind, warehouse is null ? null : Planner.Packed(demand, stock, warehouse, rules));
        return
        [
            Plan(SplitKind.Whole, null),
            Plan(SplitKind.Warehouse, warehouse is null ? Planner.Across(demand, stock, book.Splits with { MostParcels = SplitRules.Most })?.Decision : null),
            Packed(SplitKind.Weight, new(FromFen: 0, MaxGrams: book.Splits.MaxGrams ?? SplitRules.UsualGrams, ParcelFen: book.Splits.ParcelFen)),
            Packed(SplitKind.Volume, new(FromFen: 0, MaxCm3: book.Splits.MaxCm3 ?? SplitRules.UsualCm3, ParcelFen: book.Splits.ParcelFen)),
            Packed(SplitKind.Category, new(FromFen: 0, Apart: [.. demand.Units?.Invoke().Select(u => u.Category).Distinct() ?? []], ParcelFen: book.Splits.ParcelFen)),
        ];
    }

    private (AllocationDecision, IReadOnlyList<StockTake>) Decide(AllocationDemand demand, StockPicture stock, IReadOnlyList<AllocationCandidate> candidates)
    {
        if (candidates is [{ Fits: true } best, ..])
            return (Planner.Packed(demand, stock, book.Network.Warehouse(best.WarehouseId)!, book.Splits) ?? Whole(demand, best), [.. demand.Lines.Select(l => new StockTake(l.SkuId, best.WarehouseId, l.Quantity))]);
        if (book.Splits.MaySplit(demand) && Planner.Across(demand, stock, book.Splits) is { } plan) return plan;
        return (Shortage(demand, stock, candidates), []);
    }

    private SplitPlanner Planner => field ??= new(book, (warehouse, part, stock) => Examine(warehouse, part, stock, Judge(part)), (warehouse, courier, part) => Freight(warehouse, courier, part) ?? 0);

    private List<AllocationCandidate> Candidates(AllocationDemand demand, StockPicture stock)
    {
        var verdict = Judge(demand);
        return [.. book.Network.Warehouses.Where(w => w.Active).Select(w => Examine(w, demand, stock, verdict))
            .OrderBy(c => !c.Fits).ThenBy(c => c.Cost?.Total ?? long.MaxValue)]; // stable: at equal cost the warehouses' own priority stays
    }

    private AllocationDecision Whole(AllocationDemand demand, AllocationCandidate best)
    {
        var (warehouse, courier) = (book.Network.Warehouse(best.WarehouseId)!, book.Network.Courier(best.CourierId)!);
        return new(warehouse.Id, courier.Id, Freight(warehouse, courier, demand) ?? 0, book.Version, $"{best.Rule ?? Cheapest} → {warehouse.Name}，{courier.Name}", [], []);
    }

    private AllocationDecision Shortage(AllocationDemand demand, StockPicture stock, IReadOnlyList<AllocationCandidate> candidates)
    {
        var missing = demand.Lines.Where(l => candidates.All(c => stock.Available(l.SkuId, c.WarehouseId, demand.ShopId) < l.Quantity))
            .Select(l => new MissingStock(l.SkuId, l.Quantity, stock.AvailableEverywhere(l.SkuId, demand.ShopId))).ToList();
        var reason = missing.Count > 0 ? "没有仓库有足够库存" : candidates.Any(c => c.Obstacle is not Obstacle.Stock) ? "有货的仓不能发" : demand.GoesWhole ? "没有一个仓库能单独发齐，平台不许拆单" : "没有一个仓库能单独发齐";
        return new(null, null, 0, book.Version, reason, [], missing);
    }

    private Verdict Judge(AllocationDemand demand)
    {
        var places = new Dictionary<int, (int, string)>();
        var couriers = new List<(int Id, string Rule)>();
        (IReadOnlyList<int> Ids, string Rule)? only = null, onlyCouriers = null;
        Dictionary<int, string>? never = null, neverCouriers = null;
        var named = NamedBy(demand);
        if (named.Warehouse is { } demanded) only = ([demanded.Id], PlatformNamed);
        foreach (var rule in book.Rules)
        {
            if (!rule.Conditions.Hold(demand)) continue;
            switch (rule.OnWarehouses)
            {
                case RuleEffect.Prefer:
                    foreach (var id in rule.WarehouseIds) places.TryAdd(id, (places.Count, rule.Name));
                    break;
                case RuleEffect.Only: only ??= (rule.WarehouseIds, rule.Name); break; // the first rule that claims an order keeps it
                case RuleEffect.Never: Bar(ref never, rule.WarehouseIds, rule.Name); break;
            }
            switch (rule.OnCouriers)
            {
                case RuleEffect.Prefer: couriers.AddRange(rule.CourierIds.Where(id => !couriers.Exists(c => c.Id == id)).Select(id => (id, rule.Name))); break;
                case RuleEffect.Only: onlyCouriers ??= (rule.CourierIds, rule.Name); break;
                case RuleEffect.Never: Bar(ref neverCouriers, rule.CourierIds, rule.Name); break;
            }
        }
        return new(places, only, never, couriers, onlyCouriers, neverCouriers, named);

        static void Bar(ref Dictionary<int, string>? barred, IReadOnlyList<int> ids, string rule)
        {
            barred ??= [];
            foreach (var id in ids) barred.TryAdd(id, rule);
        }
    }

    private AllocationCandidate Examine(Warehouse warehouse, AllocationDemand demand, StockPicture stock, Verdict verdict)
    {
        var here = StockOf(warehouse.Id, demand, stock);
        var scarcest = Scarcest(here);
        var ranked = verdict.Places.TryGetValue(warehouse.Id, out var place);
        var rule = verdict.Only?.Rule ?? (ranked ? place.Rule : null);
        AllocationCandidate Blocked(Obstacle obstacle, IReadOnlyList<int>? refused = null) => new(warehouse.Id, rule, obstacle, null, null, here, refused) { AfterCutOff = AfterCutOff(warehouse) };
        if (demand.ExcludedWarehouses.Contains(warehouse.Id)) return Blocked(Obstacle.Excluded) with { Rule = Refused };
        if (verdict.Never?.GetValueOrDefault(warehouse.Id) is { } barred) return Blocked(Obstacle.Excluded) with { Rule = barred };
        if (verdict.Only?.Ids.Contains(warehouse.Id) == false) return Blocked(Obstacle.Excluded);
        if (scarcest.Free < scarcest.Wanted) return Blocked(Obstacle.Stock);
        if (warehouse.DailyCapacity is { } capacity && _ordersToday.GetValueOrDefault(warehouse.Id) >= capacity && !IsCounted(demand, warehouse.Id)) return Blocked(Obstacle.Full);

        var common = CostBeforeCourier(warehouse, demand, scarcest, ranked ? place.Place : verdict.Places.Count);
        var options = book.Network.Couriers.Where(c => c.Active && verdict.OnlyCouriers?.Ids.Contains(c.Id) != false && !book.Suspensions.Any(s => s.Stops(c.Id, warehouse.Id, demand, now)))
            .Select(c => (Courier: c, Freight: Freight(warehouse, c, demand))).Where(o => o.Freight is not null)
            .Select(o => (o.Courier, Cost: WithCourier(common, o.Courier, o.Freight!.Value, verdict.Named)))
            .OrderBy(o => o.Cost.Unnamed).ThenBy(o => CourierPlace(verdict, o.Courier.Id)).ThenBy(o => o.Cost.Total).ThenBy(o => o.Courier.Id).ToList();
        var chosen = options.FindIndex(o => verdict.NeverCouriers?.ContainsKey(o.Courier.Id) != true && Takes(demand.Platform, o.Courier));
        IReadOnlyList<int> better = chosen == 0 || options.Count == 0 ? [] : [.. options.Take(chosen < 0 ? options.Count : chosen).Select(o => o.Courier.Id)];
        IReadOnlyList<int>? refused = verdict.NeverCouriers is null ? better : [.. better.Where(id => !verdict.NeverCouriers.ContainsKey(id))];
        if (refused.Count == 0) refused = null;
        var courierRule = verdict.SpeaksOfCouriers ? CourierRule(verdict, chosen < 0 ? null : options[chosen].Courier.Id, better) : null;
        return chosen < 0 ? Blocked(Obstacle.NoCourier, refused) with { CourierRule = courierRule }
            : new(warehouse.Id, rule, Obstacle.None, options[chosen].Courier.Id, options[chosen].Cost, here, refused) { AfterCutOff = AfterCutOff(warehouse), CourierRule = courierRule };
    }

    /// <param name="better">Those before the chosen one; all where none may.</param>
    private static string? CourierRule(Verdict verdict, int? chosen, IReadOnlyList<int> better)
    {
        if (verdict.OnlyCouriers is { } only) return only.Rule;
        if (chosen is { } id && verdict.Named.Courier?.Id == id) return CourierNamed;
        return verdict.CourierOrder.FirstOrDefault(c => c.Id == chosen).Rule ?? (verdict.NeverCouriers is { } never ? better.Select(b => never.GetValueOrDefault(b)).FirstOrDefault(rule => rule is not null) : null);
    }

    private static MissingStock[] StockOf(int warehouseId, AllocationDemand demand, StockPicture stock)
    {
        var here = new MissingStock[demand.Lines.Count];
        for (var i = 0; i < here.Length; i++) here[i] = new(demand.Lines[i].SkuId, demand.Lines[i].Quantity, stock.Available(demand.Lines[i].SkuId, warehouseId, demand.ShopId));
        return here;
    }

    private static MissingStock Scarcest(MissingStock[] here)
    {
        var scarcest = here[0];
        foreach (var one in here)
            if (one.Free - one.Wanted < scarcest.Free - scarcest.Wanted) scarcest = one;
        return scarcest;
    }

    public bool Reaches(AllocationDemand demand, int warehouseId, int courierId) => book.Network.Warehouse(warehouseId) is { } warehouse && book.Network.Courier(courierId) is { } courier
        && Freight(warehouse, courier, demand) is not null && !book.Suspensions.Any(s => s.Stops(courierId, warehouseId, demand, now));

    private bool IsCounted(AllocationDemand demand, int warehouseId) => demand.CountedIn.Count > 0 && demand.CountedIn.Any(p => p.WarehouseId == warehouseId && p.Day == _today);

    private static int CourierPlace(Verdict verdict, int courierId)
    {
        for (var i = 0; i < verdict.CourierOrder.Count; i++)
            if (verdict.CourierOrder[i].Id == courierId) return i;
        return verdict.CourierOrder.Count;
    }

    private long? Freight(Warehouse warehouse, Courier courier, AllocationDemand demand) => book.Rates.Fen(courier.Id, warehouse.Id, demand.Province, demand.WeightGrams, demand.VolumeCm3);

    private bool Takes(ShopKind? platform, Courier courier) => platform is not { } kind || book.CouriersOfPlatforms.GetValueOrDefault(kind) is not { } accepted || accepted.Accepted.Contains(courier.Code);

    /// <summary>Started days between the deadline and the first pickup the order can still catch.</summary>
    private int DaysLate(Warehouse warehouse, AllocationDemand demand)
    {
        if (demand.ShipBy is not { } deadline) return 0;
        var leaves = now;
        if (warehouse.CutOff is { } cutOff) leaves = ShopTime.FromLocal(_local.Date + cutOff.ToTimeSpan() + (AfterCutOff(warehouse) ? TimeSpan.FromDays(1) : TimeSpan.Zero));
        return leaves <= deadline ? 0 : (int)Math.Ceiling((leaves - deadline).TotalDays);
    }

    private bool AfterCutOff(Warehouse warehouse) => warehouse.CutOff is { } cutOff && TimeOnly.FromDateTime(_local) > cutOff;
}
