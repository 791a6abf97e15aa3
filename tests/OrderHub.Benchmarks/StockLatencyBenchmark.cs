using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Sandbox;

namespace OrderHub.Benchmarks;

/// <summary>
/// Fifty pieces a second leave the pool one by one; the clock runs from the commit of each change until the last of the platforms
/// shows a quantity that knows of it. Read from the platforms, not from the hub's own records.
/// </summary>
internal static class StockLatencyBenchmark
{
    private const int ChangesPerSecond = 50, WellStocked = 150;
    private static readonly SandboxPlatform[] Platforms = Enum.GetValues<SandboxPlatform>();
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(60);

    /// <param name="Start">What the platforms show before the first change.</param>
    private sealed record Good(Sku Sku, int WarehouseId, int Start)
    {
        /// <summary>Changes committed so far.</summary>
        public int Gone;

        /// <summary>When each was committed, by its number less 1.</summary>
        public List<long> Committed { get; } = [];

        /// <summary>How many of them each platform knows of.</summary>
        public int[] Known { get; } = new int[Platforms.Length];
        public int KnownEverywhere => Known.Min();
    }

    public static async Task<int> RunAsync(TimeSpan length, CancellationToken ct)
    {
        await using var hub = await WholeHub.StartAsync(ct);
        await QuietAsync(hub, ct);
        var goods = await GoodsAsync(hub, ct);
        var (latencies, byPlatform) = (new List<double>(), Platforms.Select(_ => new List<double>()).ToArray());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = Task.Run(() => WatchAsync(hub.Sandbox, goods, latencies, byPlatform, over.Token), ct);
        var calls = await hub.CountAsync("select coalesce(sum(done), 0)::bigint from channels_call_minutes");
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var changes = await ChangeAsync(hub, goods, length, ct);
        var (took, busy) = (clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        var deadline = Stopwatch.GetTimestamp();
        while (goods.Any(g => g.KnownEverywhere < g.Gone) && Stopwatch.GetElapsedTime(deadline) < Patience) await Task.Delay(100, ct);
        await over.CancelAsync();
        await watching;
        await QuietAsync(hub, ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct); // the interface log is written twice a second
        calls = await hub.CountAsync("select coalesce(sum(done), 0)::bigint from channels_call_minutes") - calls;

        var lost = goods.Sum(g => g.Gone - g.KnownEverywhere);
        var wrong = goods.Sum(g => Platforms.Count(p => hub.Sandbox.PublishedStock(p, g.Sku.Code) != g.Start - g.Gone));
        var failed = await hub.CountAsync("select count(*) from channels_deliveries where state in (3, 4)");
        var breaches = await hub.BreachesAsync(ct);
        var sorted = latencies.Order().ToArray();
        Console.WriteLine(Line($"{changes} changes of {goods.Count} SKUs in {took.TotalSeconds:F1} s ({changes / took.TotalSeconds:F1}/s), {Platforms.Length} shops, {calls} calls to the platforms; hub and platforms used {busy / took:F2} cores"));
        Console.WriteLine("| commit → accepted by | p50 ms | p95 ms | p99 ms | max ms |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (platform, own) in Platforms.Zip(byPlatform)) Console.WriteLine(Row(platform.ToString(), [.. own.Order()]));
        Console.WriteLine(Row($"**all {Platforms.Length}**", sorted));
        Console.WriteLine(Line($"never arrived: {lost} · platforms showing a wrong quantity at the end: {wrong} · deliveries failed: {failed} · invariants broken: {breaches.Count}"));
        foreach (var breach in breaches.Take(10)) Console.WriteLine("  " + breach);
        return lost == 0 && wrong == 0 && failed == 0 && breaches.Count == 0 && At(sorted, 0.95) <= 2000 ? 0 : 1;
    }

    /// <summary>Until the hub owes the platforms nothing.</summary>
    private static async Task QuietAsync(WholeHub hub, CancellationToken ct)
    {
        for (var quiet = 0; quiet < 3; quiet++)
        {
            if (await hub.CountAsync("select (select count(*) from channels_deliveries where state = 1) + (select count(*) from platform_outbox)") > 0) quiet = -1;
            await Task.Delay(200, ct);
        }
    }

    private static async Task<List<Good>> GoodsAsync(WholeHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<IStockReader>();
        var goods = new List<Good>();
        foreach (var sku in (await hub.Services.GetRequiredService<ICatalog>().CurrentAsync(ct)).Skus.Where(s => !s.IsKit))
        {
            var shown = Platforms.Select(p => hub.Sandbox.PublishedStock(p, sku.Code)).Distinct().ToList();
            if (shown is not [> WellStocked] || (await reader.RowsAsync(sku.Id, ct)).MaxBy(r => r.Available) is not { Available: > WellStocked } most) continue;
            goods.Add(new(sku, most.WarehouseId, shown[0]));
        }
        return goods;
    }

    /// <summary>One change every twentieth of a second, whether the one before is through or not.</summary>
    private static async Task<int> ChangeAsync(WholeHub hub, List<Good> goods, TimeSpan length, CancellationToken ct)
    {
        var random = new Random(7);
        var running = new List<Task>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < length)
        {
            var due = TimeSpan.FromSeconds(running.Count / (double)ChangesPerSecond);
            if (clock.Elapsed < due) await Task.Delay(due - clock.Elapsed, ct);
            var good = goods[random.Next(goods.Count)];
            var key = string.Create(CultureInfo.InvariantCulture, $"bench-{running.Count}");
            running.Add(Task.Run(() => TakeOneAsync(hub, good, key, ct), ct));
        }
        await Task.WhenAll(running);
        return running.Count;
    }

    private static async Task TakeOneAsync(WholeHub hub, Good good, string key, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var taken = await scope.ServiceProvider.GetRequiredService<IStockAdjustments>().AdjustAsync(new(key, good.Sku.Id, good.WarehouseId, -1, "压测"), Actor.System, ct);
        if (taken.Error is { } refused) throw new InvalidOperationException(refused.Code);
        lock (good.Committed)
        {
            good.Committed.Add(Stopwatch.GetTimestamp());
            good.Gone++;
        }
    }

    private static async Task WatchAsync(SandboxWorld sandbox, List<Good> goods, List<double> latencies, List<double>[] byPlatform, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var good in goods.Where(g => g.KnownEverywhere < g.Gone)) Look(sandbox, good, latencies, byPlatform);
            await Task.Delay(Glance, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A platform that shows n pieces less than at the start knows of the first n changes.</summary>
    private static void Look(SandboxWorld sandbox, Good good, List<double> latencies, List<double>[] byPlatform)
    {
        var before = good.KnownEverywhere;
        lock (good.Committed)
        {
            for (var p = 0; p < Platforms.Length; p++)
            {
                var knows = Math.Min(good.Gone, good.Start - sandbox.PublishedStock(Platforms[p], good.Sku.Code));
                for (; good.Known[p] < knows; good.Known[p]++) byPlatform[p].Add(Stopwatch.GetElapsedTime(good.Committed[good.Known[p]]).TotalMilliseconds);
            }
            for (var n = before; n < good.KnownEverywhere; n++) latencies.Add(Stopwatch.GetElapsedTime(good.Committed[n]).TotalMilliseconds);
        }
    }

    private static string Row(string name, double[] sorted) => Line($"| {name} | {At(sorted, 0.5):F0} | {At(sorted, 0.95):F0} | {At(sorted, 0.99):F0} | {At(sorted, 1):F0} |");

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.PositiveInfinity : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
