using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.UnitTests.Allocation;

public sealed class VolumeFreightTests
{
    private const int Yto = 1, Sf = 2;
    private static readonly FreightRate[] Rates = [new(Yto, null, null, 1000, 500, 1000, 200), new(Sf, null, null, 1000, 1200, 1000, 600)];
    private static readonly DateTimeOffset Noon = ShopTime.FromLocal(new(2026, 11, 11, 12, 0, 0));

    [Theory]
    [InlineData(500, 0, 6000, 500)] // volume unknown
    [InlineData(500, 6_000, 6000, 500)] // just a kilogram
    [InlineData(500, 6_001, 6000, 700)] // a started gram more
    [InlineData(3_000, 6_000, 6000, 900)] // heavier than bulky
    [InlineData(500, 24_000, 12000, 700)]
    [InlineData(500, 24_000, null, 500)] // by weight only
    [InlineData(1, int.MaxValue, 1000, 429_497_100)]
    public void A_parcel_is_billed_by_its_weight_or_its_volume_whichever_is_more(int grams, int cm3, int? divisor, long fen) =>
        new FreightRates(Rates, divisor is { } d ? new Dictionary<int, int> { [Yto] = d } : null).Fen(Yto, 7, "浙江", grams, cm3).ShouldBe(fen);

    [Fact]
    public void Bulky_goods_go_by_the_courier_that_bills_by_weight()
    {
        var demand = Demand with { VolumeCm3 = 60_000 };
        Rules(new() { [Yto] = 6000 }).Choose(demand, Stock()).ShouldSatisfyAllConditions(d => d.CourierId.ShouldBe(Sf), d => d.FreightFen.ShouldBe(1_200));
        Rules(new() { [Yto] = 6000, [Sf] = 6000 }).Choose(demand, Stock()).ShouldSatisfyAllConditions(d => d.CourierId.ShouldBe(Yto), d => d.FreightFen.ShouldBe(2_300));
        Rules(new() { [Yto] = 6000 }).Choose(Demand, Stock()).CourierId.ShouldBe(Yto);
    }

    [Fact]
    public void The_goods_volume_is_summed_and_what_is_unknown_counts_nothing()
    {
        var catalog = new CatalogSnapshot([Sku(1, 1_200), Sku(2, 0), Sku(3, 1_000_000)], [], []);
        ParcelVolume.Of([new(1, "", 3), new(2, "", 5), new(9, "", 1)], catalog).ShouldBe(3_600);
        ParcelVolume.Of([new(3, "", 10_000)], catalog).ShouldBe(int.MaxValue);
    }

    [Fact]
    public void A_choice_by_hand_costs_what_the_engine_would_count_and_takes_nothing()
    {
        var stock = Stock();
        var decision = Rules([], new CostWeights(FreightPercent: 80, Balance: 500), packFen: 30).ByHand(Demand with { NamedCourier = "YTO", WeightGrams = 1_500 }, 7, Sf, stock);
        (decision.WarehouseId, decision.CourierId, decision.FreightFen, decision.RuleVersion).ShouldBe((7, Sf, 1_800, "v3"));
        decision.Candidates.ShouldHaveSingleItem().Cost.ShouldBe(new AllocationCost(Freight: 1_440, Pack: 30, Balance: 100, Unnamed: 1_000_000));
        stock.Available(1, 7).ShouldBe(5);
    }

    [Fact]
    public void A_courier_that_does_not_go_there_is_no_choice_by_hand()
    {
        var away = Rules([]).ByHand(Demand, 7, 3, Stock()); // without a price
        (away.WarehouseId, away.Candidates[0].Obstacle).ShouldBe((null, Obstacle.NoCourier));
        Rules([], stops: [new(Sf, null, "浙江", Noon.AddHours(-1), null)]).ByHand(Demand, 7, Sf, Stock()).WarehouseId.ShouldBeNull();
    }

    private static AllocationDemand Demand => new("浙江", null, [new DemandLine(1, "家居", 1)], 800);

    private static AllocationRules Rules(Dictionary<int, int> divisors, CostWeights? weights = null, long packFen = 0, IReadOnlyList<Suspension>? stops = null) => new(
        new(new([new(7, "SUZ", "苏州仓", "", "", "", "", "", 1, true) { PackFen = packFen }], [new(Yto, "YTO", "圆通", true), new(Sf, "SF", "顺丰", true), new(3, "EMS", "邮政", true)]), new(Rates, divisors), [], stops ?? [],
            weights ?? new(), new SplitRules(), new Dictionary<ShopKind, PlatformCouriers>(), "v3"), Noon, new Dictionary<int, int>());

    private static StockPicture Stock() => new(new Dictionary<(int, int), int> { [(1, 7)] = 5 });

    private static Sku Sku(int id, int cm3) => new(id, $"S{id}", "", "", "", "", 100, 0, 0, null, []) { VolumeCm3 = cm3 };
}
