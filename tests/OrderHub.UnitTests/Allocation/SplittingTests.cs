using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.UnitTests.Allocation;

/// <summary>Three warehouses; a first kilogram costs 5 yuan everywhere, every further one 2.</summary>
public sealed class SplittingTests
{
    private static readonly FulfilmentNetwork Network = new(
        [.. Enumerable.Range(1, 3).Select(id => new Warehouse(id, $"W{id}", $"{id}号仓", "", "", "", "", "", id, true) { PackFen = 100 })], [new Courier(1, "YTO", "圆通", true)]);

    private static readonly AllocationBook Book = new(Network, new FreightRates([new(1, null, null, 1000, 500, 1000, 200)]), [], [], new CostWeights(Balance: 0), new SplitRules(),
        new Dictionary<ShopKind, PlatformCouriers>(), "v1");

    [Fact]
    public void What_no_warehouse_has_alone_goes_from_as_few_as_have_it_together()
    {
        var stock = Stock((1, 1, 2), (2, 1, 0), (1, 2, 0), (2, 2, 1), (1, 3, 1), (2, 3, 0));
        var decision = Choose(Order(Line(1, 2), Line(2, 1)), stock);
        decision.Parts.Select(p => (p.WarehouseId, p.Lines[0])).ShouldBe([(1, new PartLine(1, 2)), (2, new PartLine(2, 1))]);
        (decision.WarehouseId, decision.CourierId, decision.FreightFen).ShouldBe((1, 1, 1000));
        decision.Parts.Select(p => p.Cost.Split).ShouldBe([0, 500], "the second parcel is the dear one");
        stock.AvailableEverywhere(1).ShouldBe(1);
        stock.AvailableEverywhere(2).ShouldBe(0);
        decision.Candidates.ShouldAllBe(c => c.Obstacle == Obstacle.Stock, "why it could not go whole stays readable");
    }

    [Fact]
    public void A_line_stays_together_where_one_warehouse_has_it_and_is_divided_where_none_has()
    {
        Choose(Order(Line(1, 3), Line(2, 1)), Stock((1, 1, 1), (2, 1, 1), (1, 2, 3))).Parts.Select(p => p.Lines.Single()).ShouldBe([new PartLine(2, 1), new PartLine(1, 3)]);
        Choose(Order(Line(1, 3)), Stock((1, 1, 1), (1, 2, 2))).Parts.Select(p => p.Lines.Single()).ShouldBe([new PartLine(1, 1), new PartLine(1, 2)]);
    }

    [Fact]
    public void A_cheap_order_waits_for_its_goods_instead()
    {
        var stock = Stock((1, 1, 1), (2, 2, 1));
        Choose(Order(Line(1, 1), Line(2, 1)) with { AmountFen = 9_999 }, stock).WarehouseId.ShouldBeNull();
        stock.AvailableEverywhere(1).ShouldBe(1);
    }

    [Fact]
    public void Two_parcels_are_taken_before_three_however_cheap_the_third_would_be()
    {
        var stock = Stock((1, 1, 1), (2, 2, 1), (3, 3, 1), (3, 2, 1));
        Choose(Order(Line(1, 1), Line(2, 1), Line(3, 1)), stock).Parts.Select(p => p.WarehouseId).ShouldBe([1, 2]);
        Choose(Order(Line(1, 1), Line(2, 1), Line(3, 1)), Stock((1, 1, 1), (2, 2, 1), (3, 3, 1))).Parts.Count.ShouldBe(3);
        Choose(Order(Line(1, 1), Line(2, 1), Line(3, 1)), Stock((1, 1, 1), (2, 2, 1), (3, 3, 1)), Book with { Splits = new SplitRules(MostParcels: 2) }).WarehouseId.ShouldBeNull();
    }

    [Fact]
    public void A_kit_is_never_torn_apart()
    {
        var kit = new DemandUnit(1, 1, "套装", 300, 0, [new(1, "", 1), new(2, "", 2)]);
        Choose(Order(kit), Stock((1, 1, 1), (2, 2, 2))).WarehouseId.ShouldBeNull();
        var two = Choose(Order(kit with { Quantity = 2 }), Stock((1, 1, 1), (2, 1, 2), (1, 2, 1), (2, 2, 2)));
        two.Parts.Select(p => p.Lines.Single()).ShouldBe([new PartLine(1, 1), new PartLine(1, 1)]);
        two.Parts[0].Goods.Select(g => (g.SkuId, g.Quantity)).ShouldBe([(1, 1), (2, 2)]);
    }

    [Fact]
    public void What_is_too_heavy_for_one_parcel_goes_in_several_even_when_it_is_cheap()
    {
        var heavy = Book with { Splits = new SplitRules(MaxGrams: 5_000) };
        var decision = Choose(Order(Line(1, 3, grams: 2_000), Line(2, 1, grams: 3_000)) with { AmountFen = 100 }, Stock((1, 1, 9), (2, 1, 9)), heavy);
        decision.Parts.Select(p => p.Lines.Sum(l => l.Quantity * (l.LineNo == 1 ? 2_000 : 3_000))).ShouldBe([5_000, 4_000]);
        decision.Parts.ShouldAllBe(p => p.WarehouseId == 1);
        Choose(Order(Line(1, 1, grams: 9_000)), Stock((1, 1, 9)), heavy).Parts.ShouldBeEmpty("one piece cannot be divided");
    }

    [Fact]
    public void What_is_too_large_for_one_parcel_goes_in_several() =>
        Choose(Order(Line(1, 4, cm3: 40_000)), Stock((1, 1, 9)), Book with { Splits = new SplitRules(MaxCm3: 100_000) }).Parts.Select(p => p.Lines.Single().Quantity).ShouldBe([2, 2]);

    [Fact]
    public void Goods_that_may_not_lie_together_travel_apart_but_not_in_a_cheap_order()
    {
        var apart = Book with { Splits = new SplitRules(Apart: ["洗护"]) };
        var order = Order(Line(1, 1, category: "洗护"), Line(2, 1), Line(3, 1));
        Choose(order, Stock((1, 1, 1), (2, 1, 1), (3, 1, 1)), apart).Parts.Select(p => string.Join(',', p.Lines.Select(l => l.LineNo))).ShouldBe(["1", "2,3"]);
        Choose(order with { AmountFen = 500 }, Stock((1, 1, 1), (2, 1, 1), (3, 1, 1)), apart).Parts.ShouldBeEmpty();
        Choose(Order(Line(1, 2, category: "洗护")), Stock((1, 1, 2)), apart).Parts.ShouldBeEmpty("alone it disturbs nobody");
    }

    [Fact]
    public void What_the_platform_forbids_to_split_goes_whole_or_waits_for_its_goods_however_dear_heavy_or_mixed_it_is()
    {
        var apart = Stock((1, 1, 1), (2, 2, 1));
        var waits = Choose(Order(Line(1, 1), Line(2, 1)) with { GoesWhole = true }, apart);
        (waits.WarehouseId, waits.Parts.Count, waits.Reason).ShouldBe((null, 0, "没有一个仓库能单独发齐，平台不许拆单"));
        (apart.AvailableEverywhere(1), apart.AvailableEverywhere(2)).ShouldBe((1, 1), "nothing is taken");

        var strict = Book with { Splits = new SplitRules(MaxGrams: 1_000, MaxCm3: 1_000, Apart: ["洗护"]) };
        var whole = Choose(Order(Line(1, 3, grams: 2_000, cm3: 900, category: "洗护"), Line(2, 1)) with { GoesWhole = true }, Stock((1, 1, 9), (2, 1, 9)), strict);
        (whole.WarehouseId, whole.Parts.Count).ShouldBe((1, 0));
        At(strict).Plans(Order(Line(1, 3, grams: 15_000, category: "洗护"), Line(2, 1)) with { GoesWhole = true }, Stock((1, 1, 9), (2, 1, 9))).ShouldAllBe(p => p.Decision.Parts.Count == 0, "nor by hand");
    }

    [Fact]
    public void Each_way_is_shown_with_its_cost_and_nothing_is_taken()
    {
        var stock = Stock((1, 1, 2), (2, 1, 2), (2, 2, 2));
        var plans = At(Book).Plans(Order(Line(1, 2, grams: 15_000, category: "家具"), Line(2, 1)) with { AmountFen = 1 }, stock);
        plans.Select(p => (p.Kind, Math.Max(1, p.Decision.Parts.Count))).ShouldBe([(SplitKind.Whole, 1), (SplitKind.Warehouse, 1), (SplitKind.Weight, 2), (SplitKind.Volume, 1), (SplitKind.Category, 2)]);
        plans[0].TotalFen.ShouldBe(500 + 30 * 200 + 100);
        plans[2].TotalFen.ShouldBe(500 + 14 * 200 + 500 + 15 * 200 + 2 * 100 + 500);
        stock.AvailableEverywhere(1).ShouldBe(2);
        At(Book).Plans(Order(Line(1, 3)), stock)[0].Decision.WarehouseId.ShouldBeNull("not possible, and it says so");
    }

    [Fact]
    public void A_split_decision_is_read_back_as_it_was_kept()
    {
        var decision = Choose(Order(Line(1, 2), Line(2, 1)), Stock((1, 1, 2), (2, 2, 1)));
        var read = DecisionText.Read(DecisionText.Write(decision));
        read.Parts.Select(p => (p.WarehouseId, p.CourierId, p.FreightFen, p.Cost, p.Lines.Single())).ShouldBe(decision.Parts.Select(p => (p.WarehouseId, p.CourierId, p.FreightFen, p.Cost, p.Lines.Single())));
    }

    private static DemandUnit Line(int no, int quantity, int grams = 300, int cm3 = 0, string category = "服饰") => new(no, quantity, category, grams, cm3, [new(no, category, 1)]);

    private static AllocationDemand Order(params DemandUnit[] units) =>
        new("浙江", null, [.. units.SelectMany(u => u.Goods.Select(g => g with { Quantity = g.Quantity * u.Quantity }))], units.Sum(u => u.WeightGrams * u.Quantity))
        {
            AmountFen = 20_000, VolumeCm3 = units.Sum(u => u.VolumeCm3 * u.Quantity), Units = () => units,
        };

    private static AllocationRules At(AllocationBook book) => new(book, DateTimeOffset.UnixEpoch, new Dictionary<int, int>());

    private static AllocationDecision Choose(AllocationDemand demand, StockPicture stock, AllocationBook? book = null) => At(book ?? Book).Choose(demand, stock);

    private static StockPicture Stock(params (int Sku, int Warehouse, int Free)[] rows) => new(rows.ToDictionary(r => (r.Sku, r.Warehouse), r => r.Free));
}
