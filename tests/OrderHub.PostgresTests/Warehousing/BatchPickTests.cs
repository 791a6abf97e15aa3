using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Units;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.PostgresTests.Warehousing;

public sealed class BatchPickTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _numbers = 980_000;
    private static DateOnly Today => ShopTime.BusinessDay(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Packers_are_told_what_expires_first_nobody_the_same_piece_and_what_was_told_is_what_leaves()
    {
        await ReceiveAsync(TestHub.Cap, 3, "early", 20);
        await ReceiveAsync(TestHub.Cap, 5, "late", 90);
        var (first, second) = (await OrderAsync(TestHub.Cap, 2), await OrderAsync(TestHub.Cap, 2));

        Told(await ClaimAsync(first)).ShouldBe("early 2");
        Told(await ClaimAsync(second)).ShouldBe("early 1, late 1");
        await ReceiveAsync(TestHub.Cap, 5, "earlier", 5);
        Told(await ClaimAsync(first)).ShouldBe("early 2", "who has been told is not told otherwise");

        await ShipAsync(first);
        (await LeftAsync(TestHub.Cap)).ShouldBe("earlier 5, early 1, late 5");
        await ShipAsync(second);
        (await LeftAsync(TestHub.Cap)).ShouldBe("earlier 5, late 4");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_is_cancelled_leaves_its_batch_to_the_next()
    {
        await ReceiveAsync(TestHub.Shirt, 2, "one", 20);
        await ReceiveAsync(TestHub.Shirt, 2, "two", 30);
        var (first, second) = (await OrderAsync(TestHub.Shirt, 2), await OrderAsync(TestHub.Shirt, 2));
        Told(await ClaimAsync(first)).ShouldBe("one 2");

        (await hub.MoveAsync(first, OrderTrigger.Cancel)).IsOk.ShouldBeTrue();

        Told(await ClaimAsync(second)).ShouldBe("one 2");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_everything_left_has_expired_the_packer_is_told_so_and_who_scans_at_once_is_told_too()
    {
        await ReceiveAsync(TestHub.Sock, 4, "over", -3);
        var order = await OrderAsync(TestHub.Sock, 2);

        var task = (await hub.ScanAsync(order, TestHub.Sock)).Value.Task;

        task.Lines.Single().Batches.ShouldBe([new PackBatch("over", Today.AddDays(-3), 2, IsExpired: true)]);
    }

    [Fact]
    public async Task Pieces_without_a_number_are_promised_once_and_who_ships_first_takes_nothing_told_to_another()
    {
        await ReceiveAsync(TestHub.Cap, 3, "early", 20, hub.Guangzhou);
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 2);
        var (first, second) = (await OrderAsync(TestHub.Cap, 3, "广东省"), await OrderAsync(TestHub.Cap, 2, "广东省"));
        Told(await ClaimAsync(first, hub.Guangzhou)).ShouldBe("early 3");
        Told(await ClaimAsync(second, hub.Guangzhou)).ShouldBe("", "these carry no number");

        await ShipAsync(second, hub.Guangzhou);

        (await LeftAsync(TestHub.Cap, "广州仓")).ShouldBe("early 3");
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_gets_expired_pieces_because_the_others_are_promised_is_told_so_before_they_leave()
    {
        await ReceiveAsync(TestHub.Shirt, 4, "expired", -1, hub.Guangzhou);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 2);
        var (first, second) = (await OrderAsync(TestHub.Shirt, 2, "广东省"), await OrderAsync(TestHub.Shirt, 2, "广东省"));

        Told(await ClaimAsync(first, hub.Guangzhou)).ShouldBe("");
        (await ClaimAsync(second, hub.Guangzhou)).Lines.Single().Batches.ShouldBe([new PackBatch("expired", Today.AddDays(-1), 2, IsExpired: true)]);
    }

    private Task ReceiveAsync(string sku, int quantity, string batch, int daysLeft, int? at = null) => hub.InScopeAsync<IStockReceipts, bool>(receipts =>
        receipts.ReceiveAsync($"BP{Interlocked.Increment(ref _numbers)}", [new(hub.Sku(sku).Id, at ?? hub.Suzhou, quantity, batch, Today.AddDays(daysLeft))], Actor.System, default));

    private async Task<long> OrderAsync(string sku, int quantity, string province = "浙江省")
    {
        var answer = await hub.AcceptOneAsync(hub.Order(province: province, lines: (sku, quantity)));
        answer.State.ShouldBe(OrderState.Allocated);
        await hub.DrainOutboxAsync();
        return answer.OrderId;
    }

    private async Task<PackTask> ClaimAsync(long order, int? at = null) => (await hub.StationAsync(Floor.Li, station => station.ClaimAsync(new(at ?? hub.Suzhou, order), default))).Value;

    private async Task ShipAsync(long order, int? at = null)
    {
        await hub.ScanAllAsync(order, at);
        var parcel = (await hub.PackAsync(order)).Value;
        await hub.StationAsync(Floor.Li, station => station.HandOverAsync(new(at ?? hub.Suzhou, WaybillNo: parcel.WaybillNo), default));
        await hub.NewsAsync(parcel, "1");
        await hub.DrainOutboxAsync();
    }

    private static string Told(PackTask task) => string.Join(", ", task.Lines.Single().Batches.Select(b => $"{b.BatchNo} {b.Quantity}"));

    private async Task<string> LeftAsync(string sku, string warehouse = "苏州仓") => string.Join(", ",
        (await hub.InScopeAsync<ListBatches, BatchList>(list => list.ReadAsync(BatchView.All, sku, 100, default))).Rows.OrderBy(r => r.BatchNo).Where(r => r.Quantity > 0 && r.Warehouse == warehouse).Select(r => $"{r.BatchNo} {r.Quantity}"));
}
