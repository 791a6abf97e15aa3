using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Quotas;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class QuotaTests(TestHub hub) : IClassFixture<TestHub>
{
    private static int _orders = 920_000;
    private readonly StockDesk _desk = new(hub);

    private static long NewOrder() => Interlocked.Increment(ref _orders);
    private int Ours => hub.LockOnOrder.Id;
    private int Theirs => hub.LockOnPayment.Id;

    private Task<Result<long>> SetAsync(string sku, int quantity, string? warehouse = "SUZ", TimeSpan? from = null, TimeSpan? until = null, string shop = "tb-test")
    {
        var now = TimeProvider.System.GetUtcNow();
        return _desk.AsAsync<SetQuotaHandler, Result<long>>(StockDesk.Wang, set => set.SetAsync(new QuotaDraft(QuotaKind.Exclusive, sku, warehouse, shop, quantity, now + (from ?? TimeSpan.Zero), now + (until ?? TimeSpan.FromHours(1)), "双十一"), default));
    }

    private Task<Result> EndAsync(long id) => _desk.AsAsync<EndQuotaHandler, Result>(StockDesk.Wang, end => end.EndAsync(id, default));

    private async Task<(int Used, int Left)> QuotaAsync(long id)
    {
        foreach (var view in Enum.GetValues<QuotaView>())
            if ((await hub.InScopeAsync<ListQuotas, IReadOnlyList<QuotaRow>>(list => list.ReadAsync(view, null, default))).FirstOrDefault(q => q.Id == id) is { } row) return (row.Used, row.Left);
        throw new InvalidOperationException($"no quota {id}");
    }

    /// <summary>Makes available what the test needs, whatever other tests left.</summary>
    private async Task AvailableAsync(string sku, int wanted)
    {
        var there = (await hub.StockAsync(sku, hub.Suzhou)).Available;
        if (there < wanted) await hub.ReceiveAsync(sku, hub.Suzhou, wanted - there);
        else if (there > wanted) (await _desk.BuyAsync(NewOrder(), sku, hub.Suzhou, there - wanted)).ShouldBeTrue();
    }

    [Fact]
    public async Task Other_shops_cannot_sell_what_is_set_aside_and_the_shop_uses_its_own_first()
    {
        await AvailableAsync(TestHub.Shirt, 10);
        var id = (await SetAsync(TestHub.Shirt, 6)).Value;

        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 5, Theirs)).ShouldBeFalse();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 4, Theirs)).ShouldBeTrue();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 1, Theirs)).ShouldBeFalse();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 5, Ours)).ShouldBeTrue();

        (await QuotaAsync(id)).ShouldBe((5, 1));
        await EndAsync(id);
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 1, Theirs)).ShouldBeTrue("what was left is everybody's again");
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_shop_sells_beyond_its_quota_from_the_shared_stock()
    {
        await AvailableAsync(TestHub.Sock, 10);
        var id = (await SetAsync(TestHub.Sock, 4)).Value;
        (await _desk.BuyAsync(NewOrder(), TestHub.Sock, hub.Suzhou, 9, Ours)).ShouldBeTrue();
        (await QuotaAsync(id)).ShouldBe((4, 0));
        (await _desk.BuyAsync(NewOrder(), TestHub.Sock, hub.Suzhou, 1, Theirs)).ShouldBeTrue();
        await EndAsync(id);
    }

    [Fact]
    public async Task A_cancelled_order_gives_back_to_the_quota_while_it_lives_and_to_everybody_afterwards()
    {
        await AvailableAsync(TestHub.Cap, 6);
        var id = (await SetAsync(TestHub.Cap, 6)).Value;
        var (first, second, shipped) = (NewOrder(), NewOrder(), NewOrder());
        foreach (var (order, quantity) in new[] { (first, 2), (second, 3), (shipped, 1) }) (await _desk.BuyAsync(order, TestHub.Cap, hub.Suzhou, quantity, Ours)).ShouldBeTrue();

        await _desk.ReleaseAsync(first);
        await _desk.ReleaseAsync(first);
        await _desk.ShipAsync(shipped);
        await _desk.ReleaseAsync(shipped);
        (await QuotaAsync(id)).ShouldBe((4, 2));
        (await _desk.BuyAsync(NewOrder(), TestHub.Cap, hub.Suzhou, 1, Theirs)).ShouldBeFalse();

        await EndAsync(id);
        await _desk.ReleaseAsync(second);
        (await QuotaAsync(id)).ShouldBe((4, 2), "an ended quota keeps its last figure");
        (await _desk.BuyAsync(NewOrder(), TestHub.Cap, hub.Suzhou, 5, Theirs)).ShouldBeTrue();
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_quota_without_a_warehouse_is_kept_wherever_the_stock_is()
    {
        await AvailableAsync(TestHub.Shirt, 5);
        var elsewhere = (await hub.StockAsync(TestHub.Shirt, hub.Guangzhou)).Available;
        if (elsewhere < 3) await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 3 - elsewhere);
        var total = 5 + (await hub.StockAsync(TestHub.Shirt, hub.Guangzhou)).Available;
        var id = (await SetAsync(TestHub.Shirt, total - 2, warehouse: null)).Value;

        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 3, Theirs)).ShouldBeFalse();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 2, Theirs)).ShouldBeTrue();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Guangzhou, 1, Theirs)).ShouldBeFalse();
        (await _desk.BuyAsync(NewOrder(), TestHub.Shirt, hub.Suzhou, 3, Ours)).ShouldBeTrue();
        (await QuotaAsync(id)).Used.ShouldBe(3);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_quota_ends_by_itself_and_one_that_has_not_begun_hides_nothing()
    {
        await AvailableAsync(TestHub.Sock, 8);
        var ends = (await SetAsync(TestHub.Sock, 5, until: TimeSpan.FromMilliseconds(300))).Value;
        var coming = (await SetAsync(TestHub.Sock, 100, from: TimeSpan.FromDays(1), until: TimeSpan.FromDays(2))).Value;
        (await _desk.BuyAsync(NewOrder(), TestHub.Sock, hub.Suzhou, 4, Theirs)).ShouldBeFalse();
        await Task.Delay(400);

        (await _desk.BuyAsync(NewOrder(), TestHub.Sock, hub.Suzhou, 4, Theirs)).ShouldBeTrue("orders mind the time without waiting for the job");
        (await hub.InScopeAsync<TurnQuotasJob, JobReport>(job => job.RunAsync(default))).Changed.ShouldBe(1);
        (await hub.InScopeAsync<TurnQuotasJob, JobReport>(job => job.RunAsync(default))).Changed.ShouldBe(0);
        (await EndAsync(ends)).Error!.Code.ShouldBe("inventory.quota_ended");
        await EndAsync(coming);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task No_more_is_set_aside_than_is_shared_now()
    {
        await AvailableAsync(TestHub.Cap, 5);
        var id = (await SetAsync(TestHub.Cap, 3)).Value;
        (await SetAsync(TestHub.Cap, 3, shop: "mini-test")).Error!.Code.ShouldBe("inventory.not_enough_shared");
        await EndAsync(id);
    }

    [Fact]
    public async Task Each_shop_is_shown_what_it_may_sell()
    {
        await AvailableAsync(TestHub.Cap, 9);
        var id = (await SetAsync(TestHub.Cap, 6)).Value;
        var stock = (await hub.InScopeAsync<IStockReader, IReadOnlyList<PublishableStock>>(reader => reader.PublishableAsync([hub.Sku(TestHub.Cap).Id], default))).ShouldHaveSingleItem();
        var elsewhere = (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).Available;
        (stock.Available, stock.For(Ours).Available, stock.For(Theirs).Available).ShouldBe((9 + elsewhere, 9 + elsewhere, 3 + elsewhere));
        await EndAsync(id);
    }

    [Fact]
    public async Task An_accepted_order_uses_the_quota_of_its_shop_and_another_shops_order_runs_short()
    {
        await AvailableAsync(TestHub.Shirt, 4);
        await EmptyAsync(TestHub.Shirt, hub.Guangzhou);
        var id = (await SetAsync(TestHub.Shirt, 4)).Value;

        (await hub.AcceptOneAsync(hub.Order(hub.LockOnPayment, lines: (TestHub.Shirt, 1)))).State.ShouldBe(OrderState.Shortage);
        (await hub.AcceptOneAsync(hub.Order(hub.LockOnOrder, lines: (TestHub.Shirt, 3)))).State.ShouldBe(OrderState.Allocated);
        (await QuotaAsync(id)).ShouldBe((3, 1));
        await EndAsync(id);
    }

    private async Task EmptyAsync(string sku, int warehouse)
    {
        var there = (await hub.StockAsync(sku, warehouse)).Available;
        if (there > 0) (await _desk.BuyAsync(NewOrder(), sku, warehouse, there)).ShouldBeTrue();
    }
}
