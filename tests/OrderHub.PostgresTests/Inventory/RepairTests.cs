using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Health;
using OrderHub.Platform.Jobs;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class RepairTests(TestHub hub) : IClassFixture<TestHub>
{
    private readonly StockDesk _desk = new(hub);

    private Task TamperAsync(string what) => hub.Database.RunAsync(tx => tx.ExecuteAsync($"update inventory_stock set {what} where sku_id = $1 and warehouse_id = $2", default, hub.Sku(TestHub.Shirt).Id, hub.Suzhou), default);

    private Task<JobReport> CheckAsync() => hub.InScopeAsync<CheckHealthJob, JobReport>(job => job.RunAsync(default));

    private async Task<StockHealth> HealthAsync() => (await hub.InScopeAsync<IStockHealth, StockHealth?>(health => health.ReadAsync(default)))!;

    [Fact]
    public async Task Drift_is_found_shown_and_put_back_to_what_the_ledgers_say()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        (await _desk.BuyAsync(940_001, TestHub.Shirt, hub.Suzhou, 4)).ShouldBeTrue();
        await CheckAsync();
        var clean = await HealthAsync();
        (clean.Breaches, clean.LastBreachAt).ShouldBe((0, null));
        var before = await hub.StockAsync(TestHub.Shirt, hub.Suzhou);
        await TamperAsync("on_hand = on_hand + 7, reserved = reserved - 1, defective = 3, transfer_in_transit = 2");

        (await CheckAsync()).Refused.ShouldBe(4);
        var broken = await HealthAsync();
        (broken.Breaches, broken.LastBreachAt).ShouldBe((4, broken.CheckedAt));
        var found = await hub.InScopeAsync<IStockRepair, IReadOnlyList<CounterDrift>>(repair => repair.FindAsync(default));
        found.Select(d => (d.Counter, d.Counted - d.ByLedger, d.Fixable)).ShouldBe([("defective", 3, true), ("on_hand", 7, true), ("reserved", -1, true), ("transfer_in_transit", 2, true)]);

        (await hub.InScopeAsync<IStockRepair, IReadOnlyList<CounterDrift>>(repair => repair.ApplyAsync(StockDesk.Wang, default))).Count.ShouldBe(4);

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).ShouldBe(before);
        (await hub.InScopeAsync<IStockRepair, IReadOnlyList<CounterDrift>>(repair => repair.ApplyAsync(StockDesk.Wang, default))).ShouldBeEmpty();
        await CheckAsync();
        var again = await HealthAsync();
        again.Breaches.ShouldBe(0);
        again.CleanSince.ShouldBe(again.CheckedAt, "clean only since the first check that found nothing");
        again.LastBreachAt.ShouldBe(broken.CheckedAt);
        await CheckAsync();
        (await HealthAsync()).CleanSince.ShouldBe(again.CheckedAt);
        await _desk.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_repair_waits_for_nobody_who_is_just_buying()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 200);
        var buying = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++) (await _desk.BuyAsync(941_000 + worker * 100 + i, TestHub.Cap, hub.Suzhou, 1)).ShouldBeTrue();
        })));
        for (var i = 0; i < 5; i++) await hub.InScopeAsync<IStockRepair, IReadOnlyList<CounterDrift>>(repair => repair.ApplyAsync(StockDesk.Wang, default));
        await buying;
        await _desk.ShouldBeCleanAsync();
    }
}
