using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.UnitTests.Allocation;

public sealed class AllocationRulesTests
{
    private static readonly FulfilmentNetwork Network = new(
        [House(1, "苏州仓", 1), House(2, "广州仓", 2), House(3, "天津仓", 3)],
        [new Courier(1, "YTO", "圆通", true), new Courier(2, "SF", "顺丰", true)]);

    private static readonly AllocationRules Rules = new(Network,
        new FreightRates([new(1, null, null, 1000, 500, 200), new(2, null, null, 1000, 1200, 600), new(1, null, "新疆", 1000, 3000, 1500), new(2, null, "新疆", 1000, 2200, 1000)]),
        [new(RuleKind.Region, "华南就近", new HashSet<string> { "广东" }, [2]), new(RuleKind.Category, "大件在天津", new HashSet<string> { "家具" }, [3])], "v7");

    [Fact]
    public void The_region_rule_comes_first() => Choose("广东", Stock((1, 1, 5), (1, 2, 5))).WarehouseId.ShouldBe(2);

    [Fact]
    public void The_category_rule_comes_before_the_priority() => Choose("浙江", Stock((1, 1, 5), (1, 3, 5)), category: "家具").WarehouseId.ShouldBe(3);

    [Fact]
    public void Where_no_rule_matches_the_warehouses_priority_decides() => Choose("浙江", Stock((1, 1, 5), (1, 2, 5))).WarehouseId.ShouldBe(1);

    [Fact]
    public void A_warehouse_without_all_of_it_is_passed_over_and_the_decision_says_why()
    {
        var decision = Choose("广东", Stock((1, 1, 5), (1, 2, 1)), quantity: 2);
        decision.WarehouseId.ShouldBe(1);
        decision.Candidates[0].ShouldBe(new AllocationCandidate(2, "华南就近", false, "SKU 1 要 2 件，可用 1 件"));
        decision.RuleVersion.ShouldBe("v7");
    }

    [Fact]
    public void A_shortage_takes_nothing_and_names_what_is_missing()
    {
        var stock = Stock((1, 1, 1), (1, 2, 1));
        var decision = Choose("浙江", stock, quantity: 2);
        decision.WarehouseId.ShouldBeNull();
        decision.Missing.ShouldBe([new MissingStock(1, 2, 2)]);
        stock.AvailableEverywhere(1).ShouldBe(2);
    }

    [Fact]
    public void The_second_order_sees_what_the_first_took()
    {
        var stock = Stock((1, 1, 1));
        Choose("浙江", stock).WarehouseId.ShouldBe(1);
        Choose("浙江", stock).WarehouseId.ShouldBeNull();
    }

    [Theory]
    [InlineData("浙江", 500, null, 1, 500)]
    [InlineData("浙江", 1001, null, 1, 700)]
    [InlineData("新疆", 500, null, 2, 2200)]
    [InlineData("浙江", 500, "SF", 2, 1200)]
    public void The_cheapest_courier_carries_unless_one_is_named(string province, int grams, string? named, int courier, long freight)
    {
        var decision = Rules.Choose(new AllocationDemand(province, null, [new DemandLine(1, "服饰", 1)], grams, named), Stock((1, 1, 5)));
        (decision.CourierId, decision.FreightFen).ShouldBe((courier, freight));
    }

    [Fact]
    public void A_courier_the_platform_does_not_take_is_never_chosen_and_the_decision_says_why()
    {
        var decision = Picky("SF").Choose(new AllocationDemand("浙江", null, [new DemandLine(1, "服饰", 1)], 500, Platform: ShopKind.Jd), Stock((1, 1, 5)));
        (decision.CourierId, decision.FreightFen).ShouldBe((2, 1200));
        decision.Candidates.ShouldBe([new AllocationCandidate(1, "优先级兜底", true, "库存齐全；圆通：平台不支持该快递")]);
    }

    [Fact]
    public void Not_even_a_named_courier_is_chosen_that_the_platform_does_not_take() =>
        Picky("SF").Choose(new AllocationDemand("浙江", null, [new DemandLine(1, "服饰", 1)], 500, "YTO", ShopKind.Jd), Stock((1, 1, 5))).CourierId.ShouldBe(2);

    [Fact]
    public void An_order_of_another_platform_still_gets_the_cheapest() =>
        Picky("SF").Choose(new AllocationDemand("浙江", null, [new DemandLine(1, "服饰", 1)], 500, Platform: ShopKind.Taobao), Stock((1, 1, 5))).CourierId.ShouldBe(1);

    [Fact]
    public void Where_the_platform_takes_no_courier_that_goes_there_the_warehouse_is_passed_over_for_that_reason()
    {
        var decision = Picky("EMS").Choose(new AllocationDemand("浙江", null, [new DemandLine(1, "服饰", 1)], 500, Platform: ShopKind.Jd), Stock((1, 1, 5)));
        decision.WarehouseId.ShouldBeNull();
        decision.Candidates[0].Why.ShouldBe("圆通：平台不支持该快递；顺丰：平台不支持该快递");
    }

    [Theory]
    [InlineData("广西壮族自治区", "广西")]
    [InlineData("上海", "上海")]
    [InlineData("内蒙古自治区", "内蒙古")]
    [InlineData("江苏省", "江苏")]
    [InlineData("亚特兰蒂斯", null)]
    [InlineData("", null)]
    public void Provinces_are_recognised_however_they_are_written(string text, string? name) => Provinces.Normalize(text).ShouldBe(name);

    private static AllocationDecision Choose(string province, StockPicture stock, int quantity = 1, string category = "服饰") =>
        Rules.Choose(new AllocationDemand(province, null, [new DemandLine(1, category, quantity)], 300), stock);

    /// <summary>JD takes this courier only.</summary>
    private static AllocationRules Picky(string code) => new(Network, new FreightRates([new(1, null, null, 1000, 500, 200), new(2, null, null, 1000, 1200, 600)]), [], "v7",
        [new PlatformCouriers(ShopKind.Jd, new HashSet<string> { code })]);

    private static StockPicture Stock(params (int Sku, int Warehouse, int Free)[] rows) => new(rows.ToDictionary(r => (r.Sku, r.Warehouse), r => r.Free));

    private static Warehouse House(int id, string name, int priority) => new(id, name, name, "", "", "", "", "", priority, true);
}
