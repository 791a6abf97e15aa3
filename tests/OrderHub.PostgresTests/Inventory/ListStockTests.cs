using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Stock;
using OrderHub.Platform.Accounts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class ListStockTests(TestHub hub) : IClassFixture<TestHub>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 5);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 3);
        await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Shirt, 2)));
        await hub.InScopeAsync<IStockReceipts, bool>(async receipts =>
        {
            await receipts.SetPublishRulesAsync([new PublishRule(hub.Sku(TestHub.Sock).Id, 5, 0)], Actor.System, default);
            return true;
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<StockList> PageAsync(StockQuery query) => hub.InScopeAsync<ListStock, StockList>(list => list.PageAsync(query, default));

    private static string[] Codes(StockList list) => [.. list.Lines.Select(l => l.Sku.Code)];

    [Fact]
    public async Task The_pool_is_listed_by_code_with_every_warehouse_and_without_kits()
    {
        var list = await PageAsync(new StockQuery());

        Codes(list).ShouldBe([TestHub.Cap, TestHub.Shirt, TestHub.Sock]);
        var shirt = list.Lines[1];
        (shirt.OnHand, shirt.Reserved, shirt.Available, shirt.Publish).ShouldBe((15, 2, 13, 13));
        shirt.AvailableAt.ShouldBe(new Dictionary<int, int> { [hub.Suzhou] = 8, [hub.Guangzhou] = 5 }, ignoreOrder: true);
        list.Warehouses.Select(w => w.Code).ShouldBe(["SUZ", "CAN"]);
        list.Counts.ShouldBe(new StockCounts(3, 1, 1, 1));
    }

    [Theory]
    [InlineData("short", TestHub.Cap)]
    [InlineData("low", TestHub.Sock)]
    [InlineData("held", TestHub.Shirt)]
    public async Task A_view_shows_what_it_is_named_for(string view, string code) => Codes(await PageAsync(new StockQuery(View: StockViews.Parse(view)))).ShouldBe([code]);

    [Theory]
    [InlineData("sock", TestHub.Sock)]
    [InlineData("棒球", TestHub.Cap)]
    [InlineData("6900000000017", TestHub.Shirt)]
    public async Task A_sku_is_found_by_code_name_or_barcode(string search, string code) => Codes(await PageAsync(new StockQuery(search))).ShouldBe([code]);

    [Fact]
    public async Task Paging_forth_and_back_shows_each_sku_once()
    {
        var first = await PageAsync(new StockQuery(Limit: 2));
        var second = await PageAsync(new StockQuery(After: first.Lines[^1].Sku.Code, Limit: 2));
        var back = await PageAsync(new StockQuery(Before: second.Lines[0].Sku.Code, Limit: 2));

        (Codes(first), first.HasPrevious, first.HasNext).ShouldBeEquivalentTo((new[] { TestHub.Cap, TestHub.Shirt }, false, true));
        (Codes(second), second.HasPrevious, second.HasNext).ShouldBeEquivalentTo((new[] { TestHub.Sock }, true, false));
        (Codes(back), back.HasPrevious, back.HasNext).ShouldBeEquivalentTo((new[] { TestHub.Cap, TestHub.Shirt }, false, true));
    }
}
