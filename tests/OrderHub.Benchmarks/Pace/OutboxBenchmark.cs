using System.Diagnostics;
using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, and what waking them costs the intake.</summary>
internal static class OutboxBenchmark
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(400), Slice = TimeSpan.FromMilliseconds(1_500), WithinPace = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var waking = await WakingAsync(world, client, WithinPace, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake while commits wake the consumers ÷ while these only look every 300 ms",
            Text($"p50 {At(delays, 0.5):F1} · p95 {At(delays, 0.95):F1} ms; {waking.Ratio:F2} ± {waking.Error:F2}"), "p95 ≤ 100 ms; ≥ 0.97", At(delays, 0.95) <= 100 && waking.Ratio >= 0.97);
    }

    /// <summary>The second half alone and for longer: what it tells is a few per cent, and a minute's rate moves by as much.</summary>
    public static async Task<int> RunWakingAsync(TimeSpan length, CancellationToken ct)
    {
        await using var world = await PaceWorld.StartAsync(ct);
        using var client = new MallClient(world.Host.Address);
        await PushAsync(client, TimeSpan.FromSeconds(40), BulkConnections, BulkSize); // until everything is compiled
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

    /// <summary>One host, told by turns to wake its consumers and not to while orders keep coming, so that everything compiled is both ways' alike.</summary>
    /// <returns>Bulk intake woken ÷ polling.</returns>
    private static async Task<ByTurns> WakingAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        var (orders, deliveries) = (0L, new Dictionary<bool, double> { [true] = 0, [false] = 0 });
        using var enough = new CancellationTokenSource(length);
        var pushing = PushAsync(client, length + (ByTurns.InABlock + 1) * (HostProcess.Hearing + Settle + Slice), BulkConnections, BulkSize, answered: pushed => Interlocked.Add(ref orders, pushed));
        var told = await ByTurns.MeasureAsync(async wakes =>
        {
            await TellAsync(wakes, ct);
            await Task.Delay(Settle, ct);
            var (looked, clock, before) = (await DeliveriesAsync(world, ct), Stopwatch.StartNew(), Interlocked.Read(ref orders));
            await Task.Delay(Slice, ct);
            var rate = (Interlocked.Read(ref orders) - before) / clock.Elapsed.TotalSeconds;
            deliveries[wakes] += (await DeliveriesAsync(world, ct) - looked) / clock.Elapsed.TotalSeconds;
            return rate;
        }, _ => !enough.IsCancellationRequested);
        await pushing;
        await TellAsync(wakes: true, ct);
        await world.QuietAsync(ct);
        var turns = told.Blocks * ByTurns.InABlock / 2;
        Console.WriteLine(Text($"  bulk intake woken ÷ polling: {told.Ratio:F3} ± {told.Error:F3} over {told.Blocks} blocks; {told.First:F0} ÷ {told.Second:F0} orders/s, {deliveries[true] / turns:F1} ÷ {deliveries[false] / turns:F1} deliveries/s"));
        return told;
    }

    /// <summary>How often a consumer has looked for its news, whether there were any or not.</summary>
    private static Task<long> DeliveriesAsync(PaceWorld world, CancellationToken ct) =>
        world.CountAsync("select coalesce(sum(calls), 0)::bigint from public.pg_stat_statements where query like 'delete from platform_outbox using%'", ct);

    private static Task TellAsync(bool wakes, CancellationToken ct) => HostProcess.ChangeAsync($$"""{ "OrderHub": { "Outbox": { "Wake": {{(wakes ? "true" : "false")}} } } }""", ct);
}
