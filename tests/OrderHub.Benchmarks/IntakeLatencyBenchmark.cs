using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Sandbox;

namespace OrderHub.Benchmarks;

/// <summary>
/// Five hundred orders a minute over five shops; the clock runs from the order on its platform until another connection reads it in the
/// hub. The mall and Douyin push and are hardly pulled; the other three are pulled every three seconds.
/// </summary>
internal static class IntakeLatencyBenchmark
{
    private const double OrdersPerMinute = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3), Hardly = TimeSpan.FromMinutes(30), Look = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(60);
    private static readonly SandboxPlatform[] Pushing = [SandboxPlatform.Mall, SandboxPlatform.Douyin], Pulled = [SandboxPlatform.Taobao, SandboxPlatform.Jd, SandboxPlatform.Pinduoduo];

    public static async Task<int> RunAsync(TimeSpan length, CancellationToken ct)
    {
        await using var hub = await WholeHub.StartAsync(ct);
        await ScheduleAsync(hub, ct);
        var waiting = new ConcurrentDictionary<string, (SandboxPlatform Platform, long At)>();
        var latencies = new ConcurrentQueue<(SandboxPlatform Platform, double Ms)>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = Task.Run(() => WatchAsync(hub, waiting, latencies, over.Token), ct);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var published = await PublishAsync(hub, waiting, length, ct);
        var (took, busy) = (clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        for (var left = Stopwatch.StartNew(); !waiting.IsEmpty && left.Elapsed < Patience;) await Task.Delay(100, ct);
        await over.CancelAsync();
        await watching;

        var breaches = await hub.BreachesAsync(ct);
        Console.WriteLine(Line($"{published} orders in {took.TotalSeconds:F0} s ({published / took.TotalMinutes:F0}/min) over five shops; hub and platforms used {busy / took:F2} cores"));
        Console.WriteLine("| platform event → visible in the hub | orders | p50 ms | p95 ms | p99 ms | max ms | must p95 |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var push = Report("push (mall, Douyin)", Pushing, 1000);
        var pull = Report("pull every 3 s (Taobao, JD, Pinduoduo)", Pulled, (Interval + TimeSpan.FromSeconds(2)).TotalMilliseconds);
        Console.WriteLine(Line($"never arrived: {waiting.Count} · invariants broken: {breaches.Count}"));
        foreach (var breach in breaches.Take(10)) Console.WriteLine("  " + breach);
        return push && pull && waiting.IsEmpty && breaches.Count == 0 ? 0 : 1;

        bool Report(string name, SandboxPlatform[] platforms, double must)
        {
            var sorted = latencies.Where(l => platforms.Contains(l.Platform)).Select(l => l.Ms).Order().ToArray();
            Console.WriteLine(Line($"| {name} | {sorted.Length} | {At(sorted, 0.5):F0} | {At(sorted, 0.95):F0} | {At(sorted, 0.99):F0} | {At(sorted, 1):F0} | {must:F0} |"));
            return At(sorted, 0.95) <= must;
        }
    }

    private static async Task ScheduleAsync(WholeHub hub, CancellationToken ct)
    {
        var catalog = await hub.Services.GetRequiredService<ICatalog>().CurrentAsync(ct);
        foreach (var shop in SandboxCredentials.Shops)
        {
            var every = Pushing.Contains(shop.Platform) ? Hardly : Interval;
            await hub.Database.RunAsync(tx => tx.ExecuteAsync("update channels_connections set pull_every = $2 where shop_id = $1", ct, catalog.ShopByCode(shop.ShopCode)!.Id, every), ct);
        }
        await Task.Delay(TimeSpan.FromSeconds(10), ct); // claims made with the old interval run out, the opening stock is published
    }

    private static async Task<int> PublishAsync(WholeHub hub, ConcurrentDictionary<string, (SandboxPlatform, long)> waiting, TimeSpan length, CancellationToken ct)
    {
        var random = new Random(7);
        SandboxPlatform[] platforms = [.. Pushing, .. Pulled];
        var goods = platforms.ToDictionary(p => p, p => hub.Sandbox.Listings(p));
        var clock = Stopwatch.StartNew();
        var published = 0;
        for (; clock.Elapsed < length; published++)
        {
            var due = TimeSpan.FromMinutes(published / OrdersPerMinute);
            if (clock.Elapsed < due) await Task.Delay(due - clock.Elapsed, ct);
            var platform = platforms[published % platforms.Length];
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => goods[platform][random.Next(goods[platform].Count)].SkuCode).Distinct().Select(code => new OrderSpecLine(code, 1)).ToList();
            var at = Stopwatch.GetTimestamp();
            waiting[hub.Sandbox.PublishOrder(platform, new() { Lines = lines })] = (platform, at);
        }
        return published;
    }

    private static async Task WatchAsync(WholeHub hub, ConcurrentDictionary<string, (SandboxPlatform Platform, long At)> waiting, ConcurrentQueue<(SandboxPlatform, double)> latencies, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (waiting.Keys.ToArray() is { Length: > 0 } numbers)
            {
                foreach (var no in await hub.Database.QueryAsync("select platform_order_no from orders_orders where platform_order_no = any($1)", r => r.GetString(0), CancellationToken.None, (object)numbers))
                {
                    if (waiting.TryRemove(no, out var order)) latencies.Enqueue((order.Platform, Stopwatch.GetElapsedTime(order.At).TotalMilliseconds));
                }
            }
            await Task.Delay(Look, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.PositiveInfinity : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
