using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Host.Shell.Dashboard;
using OrderHub.Orders.Contracts;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>The dashboard's own read, by four users at once, at rest and beside bulk intake; and how far its figures are behind that intake.</summary>
internal static class FiguresBenchmark
{
    private const int Users = 4;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, int stored, CancellationToken ct)
    {
        await world.QuietAsync(ct);
        var quiet = await ReadForAsync(world, length, ct);
        var before = await OrdersAsync(world, ct);
        var answers = new ConcurrentQueue<(TimeSpan At, long Orders)>();
        var looks = new List<(TimeSpan At, long Orders)>();
        var clock = Stopwatch.StartNew();
        var pushing = PushAsync(client, length, BulkConnections, BulkSize, answered: orders => answers.Enqueue((clock.Elapsed, orders)));
        var reading = ReadForAsync(world, length, ct);
        while (!pushing.IsCompleted)
        {
            var asked = clock.Elapsed;
            looks.Add((asked, await OrdersAsync(world, ct) - before));
            await Task.Delay(Look, ct);
        }
        await pushing;
        var (busy, behind) = (await reading, Behind([.. answers.OrderBy(a => a.At)], looks));
        await world.QuietAsync(ct);
        table.Add(11, Text($"dashboard figures at {stored:N0} orders, {Users} users, p95; how far behind bulk intake, p95"),
            Text($"{At(quiet, 0.95):F1} ms, beside intake {At(busy, 0.95):F1} ms; {At(behind, 0.95):F2} s behind, at most {At(behind, 1):F2} s"), "≤ 100 ms; ≤ 5 s", At(quiet, 0.95) <= 100 && At(behind, 1) <= 5);
    }

    private static async Task<double[]> ReadForAsync(PaceWorld world, TimeSpan length, CancellationToken ct) => [.. (await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => Task.Run(async () =>
    {
        var own = new List<double>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < length;)
        {
            await using var scope = world.Services.CreateAsyncScope();
            var began = Stopwatch.GetTimestamp();
            await scope.ServiceProvider.GetRequiredService<ReadDashboard>().ReadAsync(ct);
            own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return own;
    }, ct)))).SelectMany(t => t).Order()];

    private static async Task<long> OrdersAsync(PaceWorld world, CancellationToken ct)
    {
        await using var scope = world.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IOrderCounts>().ByStateAsync(ct)).Sum(s => (long)s.Count);
    }

    /// <summary>For each look: how long the oldest order that was answered before it, and is not in the figures, had been answered, in seconds.</summary>
    internal static double[] Behind(IReadOnlyList<(TimeSpan At, long Orders)> answers, IReadOnlyList<(TimeSpan At, long Orders)> looks)
    {
        var (behind, answered, next) = (new List<double>(), 0L, 0);
        foreach (var (at, counted) in looks)
        {
            for (; next < answers.Count && answered + answers[next].Orders <= counted; next++) answered += answers[next].Orders;
            behind.Add(next < answers.Count && answers[next].At < at ? (at - answers[next].At).TotalSeconds : 0);
        }
        return [.. behind.Order()];
    }
}
