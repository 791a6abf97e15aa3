using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;

namespace OrderHub.Benchmarks;

/// <summary>Paid orders of 2–3 lines completely through intake, answered after the commit.</summary>
internal static class IntakeBenchmark
{
    private static long _numbers;

    public static async Task<int> RunAllAsync(TimeSpan length, CancellationToken ct)
    {
        await using var hub = await BenchmarkHub.StartAsync(ct);
        Console.WriteLine("| what | orders/s | p50 ms | p99 ms | allocated | short |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, size, workers) in new[] { ("bulk, 200 orders a call, 1 worker", 200, 1), ("bulk, 200 orders a call, 2 workers", 200, 2), ("one order a call, 8 workers", 1, 8), ("one order a call, 16 workers", 1, 16) })
            Console.WriteLine(await RunAsync(hub, name, size, workers, length));
        Console.WriteLine($"bytes stored per order, without raw payload: {await hub.BytesPerOrderAsync()}");
        return 0;
    }

    private static async Task<string> RunAsync(BenchmarkHub hub, string name, int ordersPerCall, int workers, TimeSpan length)
    {
        var latencies = new ConcurrentBag<double>();
        long orders = 0, allocated = 0, shortages = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            while (clock.Elapsed < length)
            {
                var batch = Enumerable.Range(0, ordersPerCall).Select(_ => Order(hub.ShopId, random)).ToList();
                var began = Stopwatch.GetTimestamp();
                await using var scope = hub.Services.CreateAsyncScope();
                var intake = scope.ServiceProvider.GetRequiredService<IOrderIntake>();
                var answers = await hub.Database.RunAsync(tx => intake.AcceptAsync(tx, batch, Actor.System, default), default);
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Add(ref orders, answers.Count);
                Interlocked.Add(ref allocated, answers.Count(a => a.State == OrderState.Allocated));
                Interlocked.Add(ref shortages, answers.Count(a => a.State == OrderState.Shortage));
            }
        })));
        var sorted = latencies.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {orders / clock.Elapsed.TotalSeconds:F0} | {sorted[sorted.Length / 2]:F1} | {sorted[(int)(sorted.Length * 0.99)]:F1} | {allocated} | {shortages} |");
    }

    private static IncomingOrder Order(int shopId, Random random)
    {
        var no = Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);
        var lines = Enumerable.Range(0, random.Next(2, 4)).Select(i => new IncomingLine
        {
            PlatformLineNo = $"{no}-{i}", MerchantCode = $"S{random.Next(1, BenchmarkHub.Skus + 1):D5}", Title = "商品", Quantity = 1, UnitPriceFen = 1999, PayFen = 1999,
        }).ToList();
        var total = lines.Sum(l => l.PayFen);
        return new IncomingOrder
        {
            ShopId = shopId, PlatformOrderNo = no, Version = 1, Status = PlatformStatus.Paid, CreatedAt = DateTimeOffset.UnixEpoch.AddDays(20_000), PaidAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
            BuyerKey = "buyer" + no, BuyerNick = "买家", Receiver = new("王小明", "13900000000", Provinces.All[random.Next(30)], "杭州市", "西湖区", "", "文三路1号创业大厦", null),
            Amounts = new(total, 0, 0, 0, 0, total), Lines = lines,
        };
    }
}
