using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.RuleBook;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Allocation;

public sealed class RuleBookTests(TestHub hub) : IClassFixture<TestHub>
{
    private readonly PlanningOffice _office = new(hub);

    private int Sf => hub.Network.CourierByCode("SF")!.Id;

    [Fact]
    public async Task A_changed_rule_takes_effect_on_the_next_order_and_within_a_second_on_another_host()
    {
        await StockBothAsync();
        await using var other = hub.AnotherHost();
        var elsewhere = other.GetRequiredService<NetworkCache>();
        (await _office.BuyAsync("四川省")).Warehouse.ShouldBe("SUZ");
        var before = (await elsewhere.BookAsync(default)).Version;

        var version = await _office.VersionAsync();
        (await _office.SaveAsync(PlanningOffice.Draft("四川从广州发", "四川", RuleEffect.Only, [hub.Guangzhou], RuleEffect.Only, [Sf]))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("四川省")).ShouldBe(("CAN", "SF"));
        (await _office.VersionAsync()).ShouldBe(version + 1);

        await Task.Delay(1_100);
        var there = await elsewhere.BookAsync(default);
        there.Version.ShouldNotBe(before);
        there.Rules.ShouldContain(r => r.Name == "四川从广州发");
    }

    [Fact]
    public async Task The_rule_further_up_decides_and_moving_it_down_gives_way()
    {
        await StockBothAsync();
        var first = (await _office.SaveAsync(PlanningOffice.Draft("湖北一", "湖北", RuleEffect.Only, [hub.Guangzhou]))).Value;
        var second = (await _office.SaveAsync(PlanningOffice.Draft("湖北二", "湖北", RuleEffect.Only, [hub.Suzhou]))).Value;
        (await _office.BuyAsync("湖北省")).Warehouse.ShouldBe("CAN");

        var place = (await _office.RulesAsync()).Rules.ToList().FindIndex(r => r.Id == first);
        (await _office.ArrangeAsync(rules => rules.MoveAsync(second, place, default))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("湖北省")).Warehouse.ShouldBe("SUZ");

        var version = await _office.VersionAsync();
        (await _office.ArrangeAsync(rules => rules.MoveAsync(second, place, default))).IsOk.ShouldBeTrue();
        (await _office.VersionAsync()).ShouldBe(version, "it stands there already");
    }

    [Fact]
    public async Task A_rule_switched_off_says_nothing()
    {
        await StockBothAsync();
        var id = (await _office.SaveAsync(PlanningOffice.Draft("湖南广州", "湖南", RuleEffect.Only, [hub.Guangzhou]))).Value;
        (await _office.ArrangeAsync(rules => rules.SwitchAsync(id, false, default))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("湖南省")).Warehouse.ShouldBe("SUZ");
        (await _office.ArrangeAsync(rules => rules.SwitchAsync(id, true, default))).IsOk.ShouldBeTrue();
        (await _office.BuyAsync("湖南省")).Warehouse.ShouldBe("CAN");
    }

    [Fact]
    public async Task A_removed_rule_comes_back_to_its_place_as_it_was()
    {
        var draft = PlanningOffice.Draft("贵州重货", "贵州，云南/昆明", RuleEffect.Prefer, [hub.Guangzhou, hub.Suzhou], RuleEffect.Never, [Sf]) with
        {
            Categories = ["服饰"], SkuCodes = "SHIRT sock", ShopIds = [hub.LockOnPayment.Id], MinGrams = 1_000, MaxFen = 50_000,
        };
        var id = (await _office.SaveAsync(draft)).Value;
        await _office.ArrangeAsync(rules => rules.MoveAsync(id, 0, default));
        var removed = (await _office.RulesAsync()).Rules[0];
        removed.Rule.Conditions.Regions.ShouldBe(["贵州", "云南/昆明市"]);
        removed.Rule.Conditions.SkuIds.ShouldBe([hub.Sku(TestHub.Shirt).Id, hub.Sku(TestHub.Sock).Id]);

        (await _office.ArrangeAsync(rules => rules.RemoveAsync(id, removed.Version, default))).IsOk.ShouldBeTrue();
        (await _office.RulesAsync()).Rules.ShouldNotContain(r => r.Rule.Name == "贵州重货");
        (await _office.ArrangeAsync(rules => rules.RestoreAsync(removed, 0, default))).IsOk.ShouldBeTrue();

        var restored = (await _office.RulesAsync()).Rules[0];
        restored.ShouldBeEquivalentTo(removed with { Id = restored.Id });
        (await _office.AuditAsync()).ShouldContain("allocation.rule_restored");
    }

    [Fact]
    public async Task An_edit_that_somebody_else_made_meanwhile_is_neither_saved_over_nor_removed_unseen()
    {
        var id = (await _office.SaveAsync(PlanningOffice.Draft("两人同改", "青海", RuleEffect.Only, [hub.Suzhou]))).Value;
        var seen = (await _office.RulesAsync()).Rules.Single(r => r.Id == id);
        var mine = RuleDraft.Of(seen, hub.Catalog);
        (await _office.SaveAsync(mine with { Regions = "青海，宁夏" })).IsOk.ShouldBeTrue();
        var version = await _office.VersionAsync();

        (await _office.SaveAsync(mine with { Name = "我改的名" })).Error!.Code.ShouldBe("allocation.rule_changed_meanwhile");
        (await _office.ArrangeAsync(rules => rules.RemoveAsync(id, seen.Version, default))).Error!.Code.ShouldBe("allocation.rule_changed_meanwhile");
        (await _office.VersionAsync()).ShouldBe(version);
        var newer = (await _office.RulesAsync()).Rules.Single(r => r.Id == id);
        (newer.Rule.Name, newer.Rule.Conditions.Regions.Count).ShouldBe(("两人同改", 2));

        (await _office.ArrangeAsync(rules => rules.MoveAsync(id, 0, default))).IsOk.ShouldBeTrue();
        (await _office.SaveAsync(mine with { Name = "我改的名", Version = newer.Version })).IsOk.ShouldBeTrue("where it stands is no part of it");
        (await _office.ArrangeAsync(rules => rules.SwitchAsync(id, false, default))).IsOk.ShouldBeTrue();
        (await _office.SaveAsync(mine with { Version = newer.Version + 1 })).Error!.Code.ShouldBe("allocation.rule_changed_meanwhile", "it was switched off meanwhile");
    }

    [Fact]
    public async Task Of_two_people_who_save_the_same_rule_at_once_one_is_told()
    {
        var id = (await _office.SaveAsync(PlanningOffice.Draft("同时保存", "海南", RuleEffect.Never, [hub.Suzhou]))).Value;
        var draft = RuleDraft.Of((await _office.RulesAsync()).Rules.Single(r => r.Id == id), hub.Catalog);
        var saved = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => _office.SaveAsync(draft with { MinGrams = i })));
        saved.Count(s => s.IsOk).ShouldBe(1);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_meant_is_refused_with_the_reason_and_changes_nothing()
    {
        var version = await _office.VersionAsync();
        var good = PlanningOffice.Draft("好规则", "广东", RuleEffect.Only, [hub.Suzhou]);
        (RuleDraft Draft, string Code)[] wrong =
        [
            (good with { Name = " " }, "allocation.rule_name_missing"), (good with { Name = "华南就近" }, "allocation.rule_name_taken"),
            (good with { Regions = "广冬" }, "allocation.province_unknown"), (good with { Regions = "广东/苏州" }, "allocation.city_unknown"),
            (good with { SkuCodes = "NOPE" }, "allocation.sku_unknown"), (good with { SkuCodes = TestHub.Set }, "allocation.sku_is_kit"),
            (good with { Categories = ["没有的"] }, "allocation.category_unknown"), (good with { ShopIds = [9_999] }, "allocation.shop_unknown"),
            (good with { MinGrams = 5, MaxGrams = 4 }, "allocation.weight_range"), (good with { MinFen = -1 }, "allocation.amount_range"),
            (good with { WarehouseIds = [] }, "allocation.rule_without_effect"), (good with { OnWarehouses = RuleEffect.None }, "allocation.rule_without_effect"),
            (good with { WarehouseIds = [9_999] }, "allocation.warehouse_unknown"), (good with { Id = 9_999 }, "allocation.rule_gone"),
        ];
        foreach (var (draft, code) in wrong) (await _office.SaveAsync(draft)).Error!.Code.ShouldBe(code);
        (await _office.VersionAsync()).ShouldBe(version);
    }

    [Fact]
    public async Task Two_people_who_move_rules_at_once_leave_every_rule_in_a_place_of_its_own()
    {
        foreach (var i in Enumerable.Range(1, 4)) (await _office.SaveAsync(PlanningOffice.Draft($"并发{i}", "西藏", RuleEffect.Never, [hub.Guangzhou]))).IsOk.ShouldBeTrue();
        var ids = (await _office.RulesAsync()).Rules.Select(r => r.Id).ToList();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _office.ArrangeAsync(rules => rules.MoveAsync(ids[i % ids.Count], i * 7 % ids.Count, default))));

        var priorities = await hub.Database.QueryAsync("select priority from allocation_rules order by 1", r => r.GetInt32(0), default);
        priorities.ShouldBe(Enumerable.Range(1, ids.Count));
    }

    private async Task StockBothAsync()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 100);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 100);
    }
}
