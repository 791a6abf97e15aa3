using OrderHub.Inventory.Contracts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

/// <summary>What there is plenty of is looked at without a lock, and locked when it is taken.</summary>
public sealed class PlentyTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _orders = 960_000;
    private readonly StockDesk _desk = new(hub);

    private static long NewOrder() => Interlocked.Increment(ref _orders);

    /// <summary>One buyer where there was plenty: looks without a lock, and takes what he saw late.</summary>
    private Task<bool> BuyFromPlentyAsync(string sku, Func<Task> meanwhile) => hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
    {
        if (await pool.FindPlentyAsync(tx, [(hub.Sku(sku).Id, 1)], default) is null) return false;
        await meanwhile();
        await pool.ReserveFromPlentyAsync(tx, [new Reservation(NewOrder(), hub.Sku(sku).Id, hub.Suzhou, 1)], default);
        return true;
    }, default));

    private async Task BuyAllAsync(string sku)
    {
        foreach (var warehouse in new[] { hub.Suzhou, hub.Guangzhou })
            if ((await hub.StockAsync(sku, warehouse)).Available is > 0 and var left)
                (await _desk.BuyAsync(NewOrder(), sku, warehouse, left)).ShouldBeTrue();
    }

    [Fact]
    public async Task Plenty_bought_up_between_the_look_and_the_taking_is_looked_at_again_and_sold_to_nobody()
    {
        await BuyAllAsync(TestHub.Sock);
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 50);
        var looks = 0;

        var bought = await BuyFromPlentyAsync(TestHub.Sock, async () =>
        {
            looks++;
            await BuyAllAsync(TestHub.Sock);
        });

        (bought, looks).ShouldBe((false, 1)); // its second look finds no plenty
        var stock = await hub.StockAsync(TestHub.Sock, hub.Suzhou);
        (stock.Available, stock.Reserved).ShouldBe((0, stock.OnHand));
    }

    [Fact]
    public async Task Buyers_of_plenty_do_not_wait_for_each_other_until_they_take()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 100);
        var before = (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).Reserved;

        (await BuyFromPlentyAsync(TestHub.Cap, async () => (await BuyFromPlentyAsync(TestHub.Cap, () => Task.CompletedTask)).ShouldBeTrue())).ShouldBeTrue();

        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).Reserved.ShouldBe(before + 2);
        await BuyAllAsync(TestHub.Cap);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public async Task Plenty_is_twelve_times_what_is_wanted_wherever_anything_lies(int pieces, bool plenty)
    {
        await BuyAllAsync(TestHub.Shirt);
        if (pieces > 0) await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, pieces);

        (await BuyFromPlentyAsync(TestHub.Shirt, () => Task.CompletedTask)).ShouldBe(plenty);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 1);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 100);
        (await BuyFromPlentyAsync(TestHub.Shirt, () => Task.CompletedTask)).ShouldBeFalse("the one in the other warehouse could be the one that is chosen");
        await BuyAllAsync(TestHub.Shirt);
    }
}
