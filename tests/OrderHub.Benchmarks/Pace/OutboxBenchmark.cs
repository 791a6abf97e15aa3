using System.Diagnostics;
using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, and what waking them costs the intake.</summary>
internal static class OutboxBenchmark
{
    private const int InABlock = 4;
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(400), Slice = TimeSpan.FromMilliseconds(1_500), WithinPace = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var (ratio, error) = await WakingAsync(world, client, WithinPace, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake while commits wake the consumers ÷ while these only look every 300 ms",
            Text($"p50 {At(delays, 0.5):F1} · p95 {At(delays, 0.95):F1} ms; {ratio:F2} ± {error:F2}"), "p95 ≤ 100 ms; ≥ 0.97", At(delays, 0.95) <= 100 && ratio >= 0.97);
    }

    /// <summary>The second half alone and for longer: what it tells is a few per cent, and a minute's rate moves by as much.</summary>
    public static async Task<int> RunWakingAsync(TimeSpan length, CancellationToken ct)
    {
        await using var world = await PaceWorld.StartAsync(ct);
        using var client = new MallClient(world.Host.Address);
        await PushBulkAsync(client, TimeSpan.FromSeconds(40)); // until everything is compiled
        await world.RunInAsync(ct);
        return (await WakingAsync(world, client, length, ct)).Ratio >= 0.97 ? 0 : 1;
    }

    /// <summary>From the order's acceptance, before its commit, to the start of the handler that makes its pick task.</summary>
    private static async Task<double[]> DelaysAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        await world.QuietAsync(ct);
        var from = await world.CountAsync("select coalesce(max(id), 0) from orders_orders", ct);
        await PushAtAsync(client, 500, length);
        await world.QuietAsync(ct);
        return [.. (await world.Database.QueryAsync("select extract(epoch from t.created_at - o.accepted_at) * 1000 from orders_orders o join warehousing_pick_tasks t on t.order_id = o.id where o.id > $1",
            r => (double)r.GetDecimal(0), ct, from)).Order()];
    }

    /// <summary>
    /// One host, told by turns to wake its consumers and not to while orders keep coming, so that the machine's moods and everything compiled
    /// are both ways' alike; in blocks of four turns in an order of chance, lest anything that comes round regularly meets the same way each time.
    /// </summary>
    /// <returns>Bulk intake woken ÷ polling, and its standard error over the blocks.</returns>
    private static async Task<(double Ratio, double Error)> WakingAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        var (orders, chance, blocks) = (0L, new Random(9), new List<double>());
        var told = new Dictionary<bool, (double Orders, double Deliveries, double Seconds)> { [true] = default, [false] = default };
        using var enough = new CancellationTokenSource(length);
        var pushing = PushBulkAsync(client, length + (InABlock + 1) * (HostProcess.Hearing + Settle + Slice), pushed => Interlocked.Add(ref orders, pushed));
        while (!enough.IsCancellationRequested)
        {
            bool[] turns = [true, true, false, false];
            chance.Shuffle(turns);
            var rates = new Dictionary<bool, double> { [true] = 0, [false] = 0 };
            foreach (var wakes in turns)
            {
                await TellAsync(wakes, ct);
                await Task.Delay(Settle, ct);
                var (deliveries, clock, before) = (await DeliveriesAsync(world, ct), Stopwatch.StartNew(), Interlocked.Read(ref orders));
                await Task.Delay(Slice, ct);
                var (seconds, pushed) = (clock.Elapsed.TotalSeconds, Interlocked.Read(ref orders) - before);
                rates[wakes] += pushed / seconds;
                var sum = told[wakes];
                told[wakes] = (sum.Orders + pushed, sum.Deliveries + await DeliveriesAsync(world, ct) - deliveries, sum.Seconds + seconds);
            }
            blocks.Add(Math.Log(rates[true] / rates[false]));
        }
        await pushing;
        await TellAsync(wakes: true, ct);
        await world.QuietAsync(ct);
        var (mean, count) = (blocks.Average(), blocks.Count);
        var error = Math.Sqrt(blocks.Sum(b => (b - mean) * (b - mean)) / (count - 1) / count);
        Console.WriteLine(Text($"  bulk intake woken ÷ polling: {Math.Exp(mean):F3} ± {error:F3} over {count} blocks; {PerSecond(true, t => t.Orders):F0} ÷ {PerSecond(false, t => t.Orders):F0} orders/s, {PerSecond(true, t => t.Deliveries):F1} ÷ {PerSecond(false, t => t.Deliveries):F1} deliveries/s"));
        return (Math.Exp(mean), error);

        double PerSecond(bool wakes, Func<(double Orders, double Deliveries, double Seconds), double> what) => what(told[wakes]) / told[wakes].Seconds;
    }

    /// <summary>How often a consumer has looked for its news, whether there were any or not.</summary>
    private static Task<long> DeliveriesAsync(PaceWorld world, CancellationToken ct) =>
        world.CountAsync("select coalesce(sum(calls), 0)::bigint from public.pg_stat_statements where query like 'delete from platform_outbox using%'", ct);

    private static Task TellAsync(bool wakes, CancellationToken ct) => HostProcess.ChangeAsync($$"""{ "OrderHub": { "Outbox": { "Wake": {{(wakes ? "true" : "false")}} } } }""", ct);
}
