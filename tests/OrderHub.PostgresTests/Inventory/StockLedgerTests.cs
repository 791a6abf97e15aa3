using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

public sealed class StockLedgerTests(TestHub hub) : IClassFixture<TestHub>
{
    private const int Threads = 4, OperationsPerThread = 500;

    [Fact]
    public async Task After_two_thousand_operations_at_once_every_counter_equals_its_ledger()
    {
        var skus = new[] { TestHub.Shirt, TestHub.Sock, TestHub.Cap }.Select(c => hub.Sku(c).Id).ToArray();
        int[] warehouses = [hub.Suzhou, hub.Guangzhou];
        foreach (var sku in new[] { TestHub.Shirt, TestHub.Sock, TestHub.Cap })
            foreach (var warehouse in warehouses) await hub.ReceiveAsync(sku, warehouse, 200);

        var taken = await Task.WhenAll(Enumerable.Range(1, Threads).Select(thread => Task.Run(() => WorkAsync(thread, skus, warehouses))));

        taken.Sum().ShouldBeGreaterThan(100, "the run must have reserved something");
        await using var scope = hub.Services.CreateAsyncScope();
        var checks = scope.ServiceProvider.GetServices<IVerifyCheck>().Where(c => c.GetType().Assembly == typeof(IStockPool).Assembly).ToList();
        checks.Count.ShouldBe(8);
        foreach (var check in checks)
        {
            var result = await check.RunAsync(default);
            if (!check.Name.Contains("专享", StringComparison.Ordinal) && !check.Name.Contains("批次", StringComparison.Ordinal)) result.Checked.ShouldBeGreaterThan(0, check.Name);
            result.Examples.ShouldBeEmpty(check.Name);
        }
    }

    [Fact]
    public async Task A_counter_that_was_tampered_with_is_found()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        try
        {
            await hub.Database.RunAsync(tx => tx.ExecuteAsync("update inventory_stock set on_hand = on_hand + 1, reserved = reserved + 1 where sku_id = $1 and warehouse_id = $2", default, hub.Sku(TestHub.Shirt).Id, hub.Suzhou), default);
            (await hub.BreachesAsync()).Count.ShouldBe(2);
        }
        finally
        {
            await hub.Database.RunAsync(tx => tx.ExecuteAsync("update inventory_stock set on_hand = on_hand - 1, reserved = reserved - 1 where sku_id = $1 and warehouse_id = $2", default, hub.Sku(TestHub.Shirt).Id, hub.Suzhou), default);
        }
    }

    /// <returns>How many orders got their stock.</returns>
    private async Task<int> WorkAsync(int thread, int[] skus, int[] warehouses)
    {
        var random = new Random(thread);
        var held = new List<long>();
        var nextOrder = thread * 1_000_000L;
        var taken = 0;
        await using var scope = hub.Services.CreateAsyncScope();
        var pool = scope.ServiceProvider.GetRequiredService<IStockPool>();
        var adjustments = scope.ServiceProvider.GetRequiredService<IStockAdjustments>();
        for (var i = 0; i < OperationsPerThread; i++)
        {
            var act = held.Count == 0 ? random.Next(6) : random.Next(10);
            if (act < 5)
            {
                var order = nextOrder++;
                if (!await ReserveAsync(pool, order, random, skus, warehouses)) continue;
                held.Add(order);
                taken++;
            }
            else if (act == 5)
            {
                await adjustments.AdjustAsync(new StockAdjustment($"{thread}-{i}", skus[random.Next(skus.Length)], warehouses[random.Next(warehouses.Length)], random.Next(-20, 25), "随机"), Actor.System, default);
            }
            else
            {
                long[] orders = [.. held.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
                held.RemoveAll(orders.Contains);
                await hub.Database.RunAsync(tx => act < 8
                    ? pool.ReleaseAsync(tx, orders, ReleaseReason.Cancelled, Actor.System, default)
                    : pool.DeductAsync(tx, orders, Actor.System, default), default);
            }
        }
        return taken;
    }

    private Task<bool> ReserveAsync(IStockPool pool, long order, Random random, int[] skus, int[] warehouses)
    {
        var wanted = skus.OrderBy(_ => random.Next()).Take(random.Next(1, skus.Length + 1)).Select(s => (Sku: s, Quantity: random.Next(1, 6))).ToList();
        var warehouse = warehouses[random.Next(warehouses.Length)];
        return hub.Database.RunAsync(async tx =>
        {
            var picture = await pool.LockAsync(tx, [.. wanted.Select(w => w.Sku)], [], default);
            if (wanted.Any(w => picture.Available(w.Sku, warehouse) < w.Quantity)) return false;
            foreach (var (sku, quantity) in wanted) picture.Take(sku, warehouse, quantity);
            await pool.ReserveAsync(tx, [.. wanted.Select(w => new Reservation(order, w.Sku, warehouse, w.Quantity))], default);
            return true;
        }, default);
    }
}
