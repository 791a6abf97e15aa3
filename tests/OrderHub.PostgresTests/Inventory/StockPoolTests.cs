using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class StockPoolTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _orders = 700_000;

    private static long NewOrder() => Interlocked.Increment(ref _orders);

    /// <summary>One buyer: locks, looks, takes one piece if there is one.</summary>
    private static async Task<bool> BuyAsync(HubDatabase database, IStockPool pool, long order, int sku, int warehouse, int quantity = 1) => await database.RunAsync(async tx =>
    {
        var picture = await pool.LockAsync(tx, [sku], [], default);
        if (picture.Available(sku, warehouse) < quantity) return false;
        picture.Take(sku, warehouse, quantity);
        await pool.ReserveAsync(tx, [new Reservation(order, sku, warehouse, quantity)], default);
        return true;
    }, default);

    private Task<bool> BuyAsync(long order, string sku, int quantity = 1) => hub.InScopeAsync<IStockPool, bool>(pool => BuyAsync(hub.Database, pool, order, hub.Sku(sku).Id, hub.Suzhou, quantity));

    private Task<bool> ReleaseAsync(params long[] orders) => hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
    {
        await pool.ReleaseAsync(tx, orders, ReleaseReason.Cancelled, Actor.System, default);
        return true;
    }, default));

    private Task<bool> DeductAsync(params long[] orders) => hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
    {
        await pool.DeductAsync(tx, orders, Actor.System, default);
        return true;
    }, default));

    [Fact]
    public async Task Two_buyers_racing_for_the_last_unit_get_it_once()
    {
        const int rounds = 20;
        for (var round = 0; round < rounds; round++)
        {
            await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 1);
            var bought = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => BuyAsync(NewOrder(), TestHub.Cap)));
            bought.Count(b => b).ShouldBe(1);
        }
        var stock = await hub.StockAsync(TestHub.Cap, hub.Suzhou);
        (stock.OnHand, stock.Reserved, stock.Available).ShouldBe((rounds, rounds, 0));
    }

    [Fact]
    public async Task The_database_itself_refuses_to_sell_what_is_not_there()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 1);
        var sku = hub.Sku(TestHub.Shirt).Id;
        var free = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).Available;

        await Should.ThrowAsync<InvalidOperationException>(() => hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
        {
            await pool.ReserveAsync(tx, [new Reservation(NewOrder(), sku, hub.Suzhou, free + 1)], default);
            return true;
        }, default)));

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).Available.ShouldBe(free);
    }

    [Fact]
    public async Task Releasing_twice_gives_back_once()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 5);
        var before = await hub.StockAsync(TestHub.Sock, hub.Suzhou);
        var order = NewOrder();
        (await BuyAsync(order, TestHub.Sock, 3)).ShouldBeTrue();

        await ReleaseAsync(order);
        await ReleaseAsync(order);

        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ShouldBe(before);
    }

    [Fact]
    public async Task Releasing_after_the_goods_left_gives_nothing_back()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 5);
        var order = NewOrder();
        await BuyAsync(order, TestHub.Sock, 2);
        await DeductAsync(order);
        var after = await hub.StockAsync(TestHub.Sock, hub.Suzhou);

        await ReleaseAsync(order);

        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).ShouldBe(after);
    }

    [Fact]
    public async Task Deducting_twice_deducts_once_and_the_ledger_balance_runs()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Guangzhou, 10);
        var (one, two) = (NewOrder(), NewOrder());
        var sku = hub.Sku(TestHub.Sock).Id;
        foreach (var (order, quantity) in new[] { (one, 3), (two, 4) })
            (await hub.InScopeAsync<IStockPool, bool>(pool => BuyAsync(hub.Database, pool, order, sku, hub.Guangzhou, quantity))).ShouldBeTrue();

        await DeductAsync(one, two);
        await DeductAsync(two, one);

        var stock = await hub.StockAsync(TestHub.Sock, hub.Guangzhou);
        (stock.OnHand, stock.Reserved).ShouldBe((3, 0));
        var ledger = await new ReadMovements(hub.Database).ReadAsync(new MovementQuery(sku, hub.Guangzhou, null), default);
        ledger.Lines.Select(l => (l.Document, l.Delta, l.BalanceAfter)).ShouldBe([($"order:{two}", -4, 3), ($"order:{one}", -3, 7), ("receipt:" + ledger.Lines[^1].Document["receipt:".Length..], 10, 10)]);
    }

    [Fact]
    public async Task A_hold_is_listed_while_it_lasts_and_tells_later_why_it_ended()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 2);
        var order = NewOrder();
        var sku = hub.Sku(TestHub.Shirt).Id;
        await hub.InScopeAsync<IStockPool, bool>(pool => BuyAsync(hub.Database, pool, order, sku, hub.Guangzhou, 2));
        var reservations = new ReadReservations(hub.Database);

        (await reservations.ReadAsync(new ReservationQuery(sku, hub.Guangzhou, Ended: false, null), default)).Lines.Select(l => (l.OrderId, l.Quantity)).ShouldBe([(order, 2)]);
        await ReleaseAsync(order);

        (await reservations.ReadAsync(new ReservationQuery(sku, hub.Guangzhou, Ended: false, null), default)).Lines.ShouldBeEmpty();
        var ended = (await reservations.ReadAsync(new ReservationQuery(sku, hub.Guangzhou, Ended: true, null), default)).Lines.ShouldHaveSingleItem();
        (ended.OrderId, ended.EndReason).ShouldBe((order, (short)ReleaseReason.Cancelled));
    }
}
