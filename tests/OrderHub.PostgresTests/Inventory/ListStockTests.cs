using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Stock;
using OrderHub.Platform.Accounts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

/// <summary>Shirts in two warehouses, two of them held; socks below their safety stock; no caps.</summary>
public sealed class StockedHub : IAsyncLifetime
{
    public TestHub Hub { get; } = new();

    public async Task InitializeAsync()
    {
        await Hub.InitializeAsync();
        await Hub.ReceiveAsync(TestHub.Shirt, Hub.Suzhou, 10);
        await Hub.ReceiveAsync(TestHub.Shirt, Hub.Guangzhou, 5);
        await Hub.ReceiveAsync(TestHub.Sock, Hub.Suzhou, 3);
        await Hub.AcceptOneAsync(Hub.Order(lines: (TestHub.Shirt, 2)));
        await Hub.InScopeAsync<IStockReceipts, bool>(async receipts =>
        {
            await receipts.SetPublishRulesAsync([new PublishRule(Hub.Sku(TestHub.Sock).Id, 5, 0)], Actor.System, default);
            return true;
        });
    }

    public Task DisposeAsync() => Hub.DisposeAsync();
}

public sealed class ListStockTests(StockedHub stocked) : IClassFixture<StockedHub>
{
    private readonly TestHub _hub = stocked.Hub;

    private Task<StockList> PageAsync(StockQuery query) => _hub.InScopeAsync<ListStock, StockList>(list => list.PageAsync(query, default));

    private static string[] Codes(StockList list) => [.. list.Lines.Select(l => l.Sku.Code)];

    [Fact]
    public async Task The_pool_is_listed_by_code_with_every_warehouse_and_without_kits()
    {
        var list = await PageAsync(new StockQuery());

        Codes(list).ShouldBe([TestHub.Cap, TestHub.Shirt, TestHub.Sock]);
        var shirt = list.Lines[1];
        (shirt.OnHand, shirt.Reserved, shirt.Available, shirt.Publish).ShouldBe((15, 2, 13, 13));
        shirt.AvailableAt.ShouldBe(new Dictionary<int, int> { [_hub.Suzhou] = 8, [_hub.Guangzhou] = 5 }, ignoreOrder: true);
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

        Codes(first).ShouldBe([TestHub.Cap, TestHub.Shirt]);
        (first.HasPrevious, first.HasNext).ShouldBe((false, true));
        Codes(second).ShouldBe([TestHub.Sock]);
        (second.HasPrevious, second.HasNext).ShouldBe((true, false));
        Codes(back).ShouldBe([TestHub.Cap, TestHub.Shirt]);
        (back.HasPrevious, back.HasNext).ShouldBe((false, true));
    }
}
