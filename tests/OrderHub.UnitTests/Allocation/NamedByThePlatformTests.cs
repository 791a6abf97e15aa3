using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;

namespace OrderHub.UnitTests.Allocation;

public sealed class NamedByThePlatformTests
{
    private static readonly AllocationBook Book = new(
        new([House(1, "SUZ", "苏州仓"), House(2, "CAN", "广州仓") with { Aliases = ["WH-SZ", "抖店华南仓"] }], [new Courier(1, "YTO", "圆通速递", true), new Courier(2, "SF", "顺丰速运", true)]),
        new([new(1, null, null, 1000, 500, 1000, 200), new(2, null, null, 1000, 1200, 1000, 600)]), [], [], new CostWeights(), new SplitRules(),
        new Dictionary<ShopKind, PlatformCouriers> { [ShopKind.Pinduoduo] = new(ShopKind.Pinduoduo, new HashSet<string> { "YTO", "SF" }) { Codes = new Dictionary<string, string> { ["SF"] = "44", ["YTO"] = "85" } } }, "v7");

    [Theory]
    [InlineData("CAN")]
    [InlineData("can")]
    [InlineData(" 广州仓 ")]
    [InlineData("wh-sz")]
    [InlineData("抖店华南仓")]
    public void A_warehouse_is_known_by_code_name_or_alias_however_the_platform_writes_it(string named)
    {
        var decision = Choose(Demand with { NamedWarehouse = named });
        (decision.WarehouseId, decision.Candidates[0].Rule, decision.UnknownWarehouse).ShouldBe((2, "平台指定仓", null));
    }

    [Theory]
    [InlineData("SF")]
    [InlineData("sf ")]
    [InlineData("顺丰速运")]
    [InlineData("44")]
    public void A_courier_is_known_by_our_code_its_name_or_the_platforms_own_code(string named) => Choose(Demand with { NamedCourier = named }).CourierId.ShouldBe(2);

    [Fact]
    public void Another_platforms_code_names_no_courier() =>
        Choose(Demand with { NamedCourier = "44", Platform = ShopKind.Jd }).ShouldSatisfyAllConditions(d => d.CourierId.ShouldBe(1), d => d.UnknownCourier.ShouldBe("44"));

    [Fact]
    public void A_name_that_nobody_knows_is_said_and_kept_and_the_rules_choose()
    {
        var decision = Choose(Demand with { NamedWarehouse = "京仓订单 5", NamedCourier = "极速达" });
        (decision.WarehouseId, decision.CourierId).ShouldBe((1, 1));
        decision.Reason.ShouldBe("综合成本最低 → 苏州仓，圆通速递；平台指定的仓「京仓订单 5」未知，按规则选仓；指定的快递「极速达」未知，按规则选快递");
        decision.Candidates[0].Cost!.Unnamed.ShouldBe(0, "no courier is dearer for a name that is none");
        var kept = DecisionText.Read(DecisionText.Write(decision));
        (kept.UnknownWarehouse, kept.UnknownCourier).ShouldBe(("京仓订单 5", "极速达"));
    }

    [Fact]
    public void A_short_order_says_of_the_unknown_name_too() => Choose(Demand with { Lines = [new(9, "服饰", 1)], NamedWarehouse = "X" }).UnknownWarehouse.ShouldBe("X");

    private static AllocationDemand Demand => new("浙江", null, [new(1, "服饰", 1)], 300, Platform: ShopKind.Pinduoduo);

    private static AllocationDecision Choose(AllocationDemand demand) =>
        new AllocationRules(Book, DateTimeOffset.UnixEpoch, new Dictionary<int, int>()).Choose(demand, new StockPicture(new Dictionary<(int, int), int> { [(1, 1)] = 5, [(1, 2)] = 5 }));

    private static Warehouse House(int id, string code, string name) => new(id, code, name, "", "", "", "", "", id, true);
}
