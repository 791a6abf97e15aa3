using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Units;

namespace OrderHub.UnitTests.Allocation;

public sealed class AllocationRulesTests
{
    private static readonly FulfilmentNetwork Network = new(
        [House(1, "苏州仓", 1), House(2, "广州仓", 2), House(3, "天津仓", 3)],
        [new Courier(1, "YTO", "圆通", true), new Courier(2, "SF", "顺丰", true)]);

    private static readonly FreightRates Rates = new([new(1, null, null, 1000, 500, 1000, 200), new(2, null, null, 1000, 1200, 1000, 600), new(1, null, "新疆", 1000, 3000, 1000, 1500), new(2, null, "新疆", 1000, 2200, 1000, 1000)]);
    private static readonly RuleConditions Always = new([], [], [], [], null, null, null, null);
    private static readonly DateTimeOffset Noon = ShopTime.FromLocal(new(2026, 11, 11, 12, 0, 0));

    private static readonly AllocationBook Book = new(Network, Rates,
        [Rule("华南就近", Always with { Regions = ["广东"] }, RuleEffect.Prefer, 2), Rule("大件在天津", Always with { Categories = ["家具"] }, RuleEffect.Prefer, 3)],
        [], new CostWeights(), new SplitRules(), new Dictionary<ShopKind, PlatformCouriers>(), "v7");

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
        decision.Candidates.Single(c => c.WarehouseId == 2).ShouldSatisfyAllConditions(c => c.Rule.ShouldBe("华南就近"), c => c.Obstacle.ShouldBe(Obstacle.Stock), c => c.CourierId.ShouldBeNull(), c => c.Stock.ShouldBe([new(1, 2, 1)]));
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
        var decision = At(Noon, Book).Choose(new AllocationDemand(province, null, [new DemandLine(1, "服饰", 1)], grams, named), Stock((1, 1, 5)));
        (decision.CourierId, decision.FreightFen).ShouldBe((courier, freight));
    }

    [Fact]
    public void A_courier_the_platform_does_not_take_is_never_chosen_and_the_decision_says_why()
    {
        var decision = Picky("SF").Choose(new AllocationDemand("浙江", null, [new DemandLine(1, "服饰", 1)], 500, Platform: ShopKind.Jd), Stock((1, 1, 5)));
        (decision.CourierId, decision.FreightFen).ShouldBe((2, 1200));
        decision.Candidates[0].Refused.ShouldBe([1]);
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
        decision.Candidates.Single(c => c.WarehouseId == 1).ShouldSatisfyAllConditions(c => c.Obstacle.ShouldBe(Obstacle.NoCourier), c => c.Refused.ShouldBe([1, 2]));
    }

    [Theory]
    [InlineData("广西壮族自治区", "广西")]
    [InlineData("上海", "上海")]
    [InlineData("内蒙古自治区", "内蒙古")]
    [InlineData("江苏省", "江苏")]
    [InlineData("亚特兰蒂斯", null)]
    [InlineData("", null)]
    public void Provinces_are_recognised_however_they_are_written(string text, string? name) => Provinces.Normalize(text).ShouldBe(name);

    [Fact]
    public void Without_rules_the_cheapest_pair_of_warehouse_and_courier_wins()
    {
        var near = Book with { Rules = [], Rates = new([new(1, null, null, 1000, 500, 1000, 200), new(2, 3, null, 1000, 400, 1000, 200)]) };
        Choose("浙江", Stock((1, 1, 5), (1, 3, 5)), book: near).ShouldSatisfyAllConditions(d => d.WarehouseId.ShouldBe(3), d => d.CourierId.ShouldBe(2), d => d.FreightFen.ShouldBe(400));
    }

    [Fact]
    public void A_rules_place_is_a_price_so_that_freight_can_outweigh_it_when_the_business_says_so()
    {
        var mild = Book with { Weights = new CostWeights(PreferenceStep: 50), Rates = new([new(1, null, null, 1000, 500, 1000, 200), new(1, 1, null, 1000, 300, 1000, 200)]) };
        Choose("广东", Stock((1, 1, 5), (1, 2, 5)), book: mild).WarehouseId.ShouldBe(1);
        Choose("广东", Stock((1, 1, 5), (1, 2, 5)), book: mild with { Weights = new CostWeights() }).WarehouseId.ShouldBe(2);
    }

    [Fact]
    public void Of_two_warehouses_alike_the_one_with_more_stock_sends() => Choose("浙江", Stock((1, 1, 2), (1, 2, 50))).WarehouseId.ShouldBe(2);

    [Fact]
    public void A_warehouse_that_ships_after_the_deadline_gives_way_to_one_that_still_can()
    {
        var early = Book with { Network = Network with { Warehouses = [Network.Warehouses[0] with { CutOff = new(11, 0) }, Network.Warehouses[1]] } };
        var demand = Demand("浙江") with { ShipBy = Noon.AddHours(6) };
        var decision = At(Noon, early).Choose(demand, Stock((1, 1, 50), (1, 2, 5)));
        decision.WarehouseId.ShouldBe(2);
        decision.Candidates[1].Cost!.Lateness.ShouldBe(2_000);
        At(Noon.AddHours(-2), early).Choose(demand, Stock((1, 1, 50), (1, 2, 5))).WarehouseId.ShouldBe(1);
    }

    [Fact]
    public void A_warehouse_past_its_cut_off_says_so_whether_it_sends_or_not_and_the_record_keeps_it()
    {
        var early = Book with { Network = Network with { Warehouses = [.. Network.Warehouses.Select(w => w with { CutOff = w.Id == 3 ? new(18, 0) : new(11, 0) })] } };
        var decision = At(Noon, early).Choose(Demand("浙江"), Stock((1, 1, 5), (1, 3, 5)));
        foreach (var candidates in new[] { decision.Candidates, DecisionText.Read(DecisionText.Write(decision)).Candidates })
            candidates.OrderBy(c => c.WarehouseId).Select(c => (c.Obstacle, c.AfterCutOff)).ShouldBe([(Obstacle.None, true), (Obstacle.Stock, true), (Obstacle.None, false)]);
    }

    [Fact]
    public void A_full_warehouse_takes_no_more_today_not_even_within_the_batch()
    {
        var small = Book with { Network = Network with { Warehouses = [Network.Warehouses[0] with { DailyCapacity = 3 }, Network.Warehouses[1]] } };
        var rules = new AllocationRules(small, Noon, new Dictionary<int, int> { [1] = 2 });
        var stock = Stock((1, 1, 50), (1, 2, 50));
        rules.Choose(Demand("浙江"), stock).WarehouseId.ShouldBe(1);
        var second = rules.Choose(Demand("浙江"), stock);
        second.WarehouseId.ShouldBe(2);
        second.Candidates.Single(c => c.WarehouseId == 1).Obstacle.ShouldBe(Obstacle.Full);
    }

    [Fact]
    public void A_suspended_area_is_not_served_until_the_suspension_ends()
    {
        var closed = Book with { Suspensions = [new(1, null, "浙江/宁波市", Noon.AddDays(-1), Noon.AddDays(1))] };
        var demand = Demand("浙江") with { City = "宁波市" };
        At(Noon, closed).Choose(demand, Stock((1, 1, 5))).CourierId.ShouldBe(2);
        At(Noon.AddDays(1), closed).Choose(demand, Stock((1, 1, 5))).CourierId.ShouldBe(1);
        At(Noon, closed).Choose(demand with { City = "杭州市" }, Stock((1, 1, 5))).CourierId.ShouldBe(1);
    }

    [Fact]
    public void Only_the_warehouse_the_platform_names_may_send()
    {
        var decision = At(Noon, Book).Choose(Demand("浙江") with { NamedWarehouse = "天津仓" }, Stock((1, 1, 5), (1, 3, 5)));
        (decision.WarehouseId, decision.Candidates[0].Rule).ShouldBe((3, "平台指定仓"));
        At(Noon, Book).Choose(Demand("浙江") with { NamedWarehouse = "天津仓" }, Stock((1, 1, 5))).Candidates.Single(c => c.WarehouseId == 1).Obstacle.ShouldBe(Obstacle.Excluded);
    }

    [Theory]
    [InlineData(300, 1, 100_00, 1)]
    [InlineData(5_000, 1, 100_00, 3)] // heavy
    [InlineData(300, 2, 100_00, 2)] // the shop's own warehouse
    [InlineData(300, 1, 1_000_00, 1)] // expensive: by SF
    public void Rules_may_ask_for_weight_shop_and_amount(int grams, int shop, long amount, int warehouse)
    {
        var ruled = Book with
        {
            Rules = [Rule("重货", Always with { MinGrams = 3_000 }, RuleEffect.Only, 3), Rule("二店专仓", Always with { ShopIds = [2] }, RuleEffect.Only, 2),
                Rule("贵重走顺丰", Always with { MinFen = 500_00 }, RuleEffect.None) with { OnCouriers = RuleEffect.Only, CourierIds = [2] }, Rule("广州只发二店", Always with { ShopIds = [1] }, RuleEffect.Never, 2)],
        };
        var decision = At(Noon, ruled).Choose(Demand("浙江") with { WeightGrams = grams, ShopId = shop, AmountFen = amount }, Stock((1, 1, 5), (1, 2, 50), (1, 3, 5)));
        decision.WarehouseId.ShouldBe(warehouse);
        decision.CourierId.ShouldBe(amount > 500_00 ? 2 : 1);
    }

    [Fact]
    public void Every_candidate_says_what_it_had_of_each_sku()
    {
        var decision = At(Noon, Book).Choose(Demand("浙江") with { Lines = [new(1, "服饰", 2), new(2, "服饰", 1)] }, Stock((1, 1, 5), (2, 1, 9), (1, 2, 1)));
        decision.Candidates.OrderBy(c => c.WarehouseId).Select(c => string.Join(' ', c.Stock.Select(s => $"{s.SkuId}:{s.Wanted}/{s.Free}"))).ShouldBe(["1:2/5 2:1/9", "1:2/1 2:1/0", "1:2/0 2:1/0"]);
    }

    [Fact]
    public void The_rule_that_keeps_a_warehouse_away_is_named()
    {
        var ruled = Book with { Rules = [Rule("苏州盘点", Always, RuleEffect.Never, 1), Rule("大件只走天津", Always with { MinGrams = 300 }, RuleEffect.Only, 3)] };
        At(Noon, ruled).Choose(Demand("浙江"), Stock((1, 1, 5), (1, 2, 5), (1, 3, 5))).Candidates.OrderBy(c => c.WarehouseId).Select(c => (c.Obstacle, c.Rule))
            .ShouldBe([(Obstacle.Excluded, "苏州盘点"), (Obstacle.Excluded, "大件只走天津"), (Obstacle.None, "大件只走天津")]);
    }

    [Fact]
    public void A_rule_may_ask_for_a_sku_and_speaks_of_every_order_that_contains_it()
    {
        var ruled = Book with { Rules = [Rule("易碎品在天津", Always with { SkuIds = [7, 8] }, RuleEffect.Only, 3)] };
        var stock = Stock((1, 1, 50), (1, 3, 5), (7, 1, 50), (7, 3, 5));
        At(Noon, ruled).Choose(Demand("浙江") with { Lines = [new(1, "服饰", 1), new(7, "杯具", 1)] }, stock).ShouldSatisfyAllConditions(d => d.WarehouseId.ShouldBe(3), d => d.Candidates[0].Rule.ShouldBe("易碎品在天津"));
        At(Noon, ruled).Choose(Demand("浙江"), stock).ShouldSatisfyAllConditions(d => d.WarehouseId.ShouldBe(1), d => d.Candidates[0].Rule.ShouldBeNull());
    }

    [Theory]
    [InlineData(nameof(RuleEffect.Prefer), 2, 2)]
    [InlineData(nameof(RuleEffect.Only), 2, 2)]
    [InlineData(nameof(RuleEffect.Never), 1, 2)]
    public void A_rule_about_couriers_decides_against_the_price_and_is_named(string effect, int about, int courier)
    {
        var decision = At(Noon, Book with { Rules = [ByCourier("顺丰合约", Enum.Parse<RuleEffect>(effect), about)] }).Choose(Demand("浙江"), Stock((1, 1, 5)));
        (decision.CourierId, decision.Candidates[0].CourierRule).ShouldBe((courier, "顺丰合约"));
    }

    [Fact]
    public void Where_the_price_decides_the_courier_no_rule_is_named() =>
        At(Noon, Book with { Rules = [ByCourier("顺丰不接小件", RuleEffect.Never, 2)] }).Choose(Demand("浙江"), Stock((1, 1, 5))).ShouldSatisfyAllConditions(d => d.CourierId.ShouldBe(1), d => d.Candidates[0].CourierRule.ShouldBeNull());

    [Fact]
    public void A_preferred_courier_that_does_not_go_there_gives_way_and_one_that_alone_may_does_not()
    {
        var nowhere = Book with { Suspensions = [new(2, null, "浙江", Noon.AddDays(-1), null)] };
        At(Noon, nowhere with { Rules = [ByCourier("优先顺丰", RuleEffect.Prefer, 2)] }).Choose(Demand("浙江"), Stock((1, 1, 5))).ShouldSatisfyAllConditions(d => d.CourierId.ShouldBe(1), d => d.Candidates[0].CourierRule.ShouldBeNull());
        var only = At(Noon, nowhere with { Rules = [ByCourier("只走顺丰", RuleEffect.Only, 2)] }).Choose(Demand("浙江"), Stock((1, 1, 5)));
        only.WarehouseId.ShouldBeNull();
        only.Candidates[0].ShouldSatisfyAllConditions(c => c.Obstacle.ShouldBe(Obstacle.NoCourier), c => c.CourierRule.ShouldBe("只走顺丰"));
    }

    [Fact]
    public void Of_two_rules_the_first_decides_the_courier_and_never_outweighs_them_all()
    {
        AllocationRule[] rules = [ByCourier("先顺丰", RuleEffect.Prefer, 2, 1), ByCourier("后圆通", RuleEffect.Prefer, 1)];
        At(Noon, Book with { Rules = rules }).Choose(Demand("浙江"), Stock((1, 1, 5))).Candidates[0].ShouldSatisfyAllConditions(c => c.CourierId.ShouldBe(2), c => c.CourierRule.ShouldBe("先顺丰"));
        At(Noon, Book with { Rules = [.. rules, ByCourier("顺丰停用", RuleEffect.Never, 2)] }).Choose(Demand("浙江"), Stock((1, 1, 5))).CourierId.ShouldBe(1);
        At(Noon, Book with { Rules = [ByCourier("只走圆通", RuleEffect.Only, 1), ByCourier("圆通停用", RuleEffect.Never, 1)] }).Choose(Demand("浙江"), Stock((1, 1, 5))).WarehouseId.ShouldBeNull();
    }

    private static AllocationRule ByCourier(string name, RuleEffect effect, params int[] couriers) => new(name, Always, RuleEffect.None, [], effect, couriers);

    private static AllocationRule Rule(string name, RuleConditions when, RuleEffect effect, params int[] warehouses) => new(name, when, effect, warehouses, RuleEffect.None, []);

    private static AllocationRules At(DateTimeOffset now, AllocationBook book) => new(book, now, new Dictionary<int, int>());

    private static AllocationDemand Demand(string province, int quantity = 1, string category = "服饰") => new(province, null, [new DemandLine(1, category, quantity)], 300);

    private static AllocationDecision Choose(string province, StockPicture stock, int quantity = 1, string category = "服饰", AllocationBook? book = null) =>
        At(Noon, book ?? Book).Choose(Demand(province, quantity, category), stock);

    /// <summary>JD takes this courier only.</summary>
    private static AllocationRules Picky(string code) => At(Noon, Book with { Rules = [], CouriersOfPlatforms = new Dictionary<ShopKind, PlatformCouriers> { [ShopKind.Jd] = new(ShopKind.Jd, new HashSet<string> { code }) } });

    private static StockPicture Stock(params (int Sku, int Warehouse, int Free)[] rows) => new(rows.ToDictionary(r => (r.Sku, r.Warehouse), r => r.Free));

    private static Warehouse House(int id, string name, int priority) => new(id, name, name, "", "", "", "", "", priority, true);
}
