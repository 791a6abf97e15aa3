using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Publishing;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.PostgresTests.Channels;

public sealed class PublishingTests(ChannelWorld world) : IClassFixture<ChannelWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => world.Database.RunAsync(tx => tx.ExecuteAsync("delete from channels_publish_rules", default), default);
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_rule_of_a_sku_in_a_shop_wins_over_the_shops_and_that_over_the_one_for_all()
    {
        await ListedAsync("PUB-1", 100);
        await world.SetRuleAsync(null, null, new(80, null, null, 0, 0));
        await ShownAsync("PUB-1", 80, 80);
        await world.SetRuleAsync(world.PulledShopId, null, new(50, null, null, 0, 0));
        await ShownAsync("PUB-1", 50, 80);
        await world.SetRuleAsync(world.PulledShopId, "PUB-1", new(null, 7, null, 0, 0));
        await ShownAsync("PUB-1", 7, 80);
        await world.SetRuleAsync(world.PulledShopId, "PUB-1", null);
        await ShownAsync("PUB-1", 50, 80);
    }

    [Fact]
    public async Task The_list_of_rules_is_searched_by_sku_and_turned_by_page()
    {
        for (var i = 0; i < ReadPublishRules.PageSize + 3; i++) await world.StockedSkuAsync($"RULE-{i:D3}", 1);
        for (var i = 0; i < ReadPublishRules.PageSize + 3; i++) await world.SetRuleAsync(world.PulledShopId, $"RULE-{i:D3}", new(50, null, null, 0, 0));
        await world.SetRuleAsync(null, null, new(80, null, null, 0, 0));

        var first = await RulesAsync("", 0);
        (first.Total, first.Rules.Count, first.Rules[0].Scope).ShouldBe((ReadPublishRules.PageSize + 4, ReadPublishRules.PageSize, RuleScope.Everywhere));
        var second = await RulesAsync("", 1);
        first.Rules.Concat(second.Rules).Select(r => r.Id).Distinct().Count().ShouldBe(ReadPublishRules.PageSize + 4);
        (await RulesAsync("rule-007", 0)).Rules.ShouldHaveSingleItem();
        (await RulesAsync("淘宝测试", 0)).Total.ShouldBe(ReadPublishRules.PageSize + 3);
        (await RulesAsync("没有这个", 0)).Total.ShouldBe(0);
    }

    private Task<PublishRulePage> RulesAsync(string search, int page) => world.InScopeAsync<ReadPublishRules, PublishRulePage>(r => r.ListAsync(search, page, default));

    [Fact]
    public async Task The_pools_own_safety_stock_comes_first_and_only_once()
    {
        var sku = await ListedAsync("PUB-2", 100);
        await world.InScopeAsync<IStockReceipts, bool>(async receipts =>
        {
            await receipts.SetPublishRulesAsync([new(sku.Id, SafetyStock: 20, ZeroAtOrBelow: 5)], Actor.System, default);
            return true;
        });
        await world.SetRuleAsync(world.PulledShopId, "PUB-2", new(50, null, null, 10, 0));
        await world.TellStockAsync(sku.Id);
        await ShownAsync("PUB-2", (100 - 20 - 10) / 2, 80);
    }

    [Fact]
    public async Task A_kits_rule_counts_kits_and_its_parts_rules_do_not_matter_to_it()
    {
        await ListedAsync("PUB-PART", 21);
        await world.InScopeAsync<ICatalogImport, bool>(async c =>
        {
            await c.UpsertSkusAsync([new("PUB-KIT", "套装", "", "茶具", "", 1, 1, 0, Parts: new Dictionary<string, int> { ["PUB-PART"] = 2 })], Actor.System, default);
            return true;
        });
        await world.ListAsync(ChannelWorld.Pulled, "PUB-KIT");
        await world.SetRuleAsync(world.PulledShopId, "PUB-PART", new(10, null, null, 0, 0));
        await world.SetRuleAsync(world.PulledShopId, "PUB-KIT", new(null, null, 6, 3, 0));
        await SendAsync();

        Last(world.Taobao, "PUB-KIT").ShouldBe(6); // 10 kits, 3 kept back, at most 6
        Last(world.Taobao, "PUB-PART").ShouldBe(2);
    }

    [Fact]
    public async Task A_rule_for_one_sku_needs_a_shop_and_nonsense_is_refused()
    {
        await ListedAsync("PUB-3", 10);
        (await world.SetRuleAsync(null, "PUB-3", PublishTerms.Everything)).Error!.Code.ShouldBe("channels.rule_needs_shop");
        (await world.SetRuleAsync(world.PulledShopId, "NO-SUCH", PublishTerms.Everything)).Error!.Code.ShouldBe("channels.sku_not_found");
        (await world.SetRuleAsync(world.PulledShopId, null, new(120, null, null, 0, 0))).Error!.Code.ShouldBe("channels.terms_not_sane");
        (await world.CountAsync("select count(*) from channels_publish_rules")).ShouldBe(0);
    }

    [Fact]
    public async Task Saving_the_same_rule_again_changes_nothing_and_a_change_says_who_did_it()
    {
        await ListedAsync("PUB-4", 10);
        await world.SetRuleAsync(world.PulledShopId, "PUB-4", new(50, null, null, 0, 0));
        await world.SetRuleAsync(world.PulledShopId, "PUB-4", new(50, null, null, 0, 0));
        (await world.CountAsync("select count(*) from platform_audit where subject = 'tb-test/PUB-4'")).ShouldBe(1);
        var before = (await world.InScopeAsync<ChangePublishRulesHandler, Result<PublishTermsBefore>>(h => h.HandleAsync(new(world.PulledShopId, "PUB-4", null), default))).Value;
        before.Terms.ShouldBe(new(50, null, null, 0, 0), "what undoing puts back");
    }

    [Fact]
    public async Task The_preview_says_which_rule_decided_and_what_another_would_do()
    {
        await ListedAsync("PUB-5", 100);
        await world.SetRuleAsync(world.PulledShopId, null, new(50, null, null, 0, 0));
        var preview = (await world.InScopeAsync<PreviewPublishingHandler, Result<PublishPreview>>(h => h.HandleAsync("pub-5", new(null, null, new(10, null, null, 0, 0)), default))).Value;

        preview.Available.ShouldBe(100);
        preview.Rows.Select(r => (r.Shop.Code, r.Plan.Target, r.Plan.Rule?.Scope, r.Trial)).ShouldBe(
            [(ChannelWorld.Pulled, 50, RuleScope.Shop, null), (ChannelWorld.Mall, 100, null, 10)], "a rule for all shops would not reach the shop that has its own");
    }

    [Fact]
    public async Task What_the_shops_promise_together_beyond_the_pool_is_the_exposure_kits_by_their_parts()
    {
        await ListedAsync("EXP-1", 10);
        await world.InScopeAsync<ICatalogImport, bool>(async c =>
        {
            await c.UpsertSkusAsync([new("EXP-KIT", "套装", "", "茶具", "", 1, 1, 0, Parts: new Dictionary<string, int> { ["EXP-1"] = 3 })], Actor.System, default);
            return true;
        });
        await world.ListAsync(ChannelWorld.Pulled, "EXP-KIT");
        await ListedAsync("EXP-2", 10);
        await world.SetRuleAsync(world.PulledShopId, "EXP-2", new(60, null, null, 0, 0));
        await world.SetRuleAsync(world.MallShopId, "EXP-2", new(40, null, null, 0, 0));
        await SendAsync();

        var exposure = await world.InScopeAsync<IStockExposure, OversellExposure>(e => e.ReadAsync(100, default));
        var row = exposure.Rows.Single(r => r.SkuCode == "EXP-1");
        (row.Available, row.Published, row.Listings, row.Exposure).ShouldBe((10, 10 + 10 + 3 * 3, 3, 19));
        exposure.Rows.ShouldNotContain(r => r.SkuCode == "EXP-2", "shares that add up to 100 % promise nothing twice");
        exposure.Rows.Select(r => r.Exposure).ShouldBeInOrder(SortDirection.Descending);
        exposure.Pieces.ShouldBe(exposure.Rows.Sum(r => r.Exposure));
        (await world.InScopeAsync<IStockExposure, OversellExposure>(e => e.ReadAsync(1, default))).ShouldSatisfyAllConditions(top => top.Rows.Count.ShouldBe(1), top => top.Pieces.ShouldBe(exposure.Pieces));
    }

    private async Task<Sku> ListedAsync(string code, int stock)
    {
        var sku = await world.StockedSkuAsync(code, stock);
        await world.ListAsync(ChannelWorld.Pulled, code);
        await world.ListAsync(ChannelWorld.Mall, code);
        return sku;
    }

    private async Task ShownAsync(string code, int taobao, int mall)
    {
        await SendAsync();
        (Last(world.Taobao, code), Last(world.MallPlatform, code)).ShouldBe((taobao, mall));
    }

    private async Task SendAsync()
    {
        await world.SendAllAsync(world.PulledShopId);
        await world.SendAllAsync(world.MallShopId);
    }

    private static int Last(FakePlatform platform, string code) => platform.StockCalls.Last(c => c.Listing.MerchantCode == code).Quantity;
}
