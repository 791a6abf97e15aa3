using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, what waking them costs the intake, and what all their work costs it.</summary>
internal static class OutboxBenchmark
{
    private const int Rounds = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var (woken, polling, none) = await SlowedAsync(world, client, length, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake when commits wake the consumers ÷ when they only look every 300 ms (÷ when nobody consumes)",
            Text($"p50 {At(delays, 0.5):F1} · p95 {At(delays, 0.95):F1} ms; {woken:F0} ÷ {polling:F0}/s = {woken / polling:F2} (÷ {none:F0}/s = {woken / none:F2})"), "p95 ≤ 100 ms; ≥ 0.97", At(delays, 0.95) <= 100 && woken / polling >= 0.97);
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

    /// <summary>The three hosts by turns, so that the machine's mood cancels out. Where nobody consumes, the news are written all the same and wait.</summary>
    private static async Task<(double Woken, double Polling, double None)> SlowedAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        var (woken, polling, none) = (0.0, 0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            none += await BulkRateAsync(world, client, length, "Dispatch", ct);
            polling += await BulkRateAsync(world, client, length, "Wake", ct);
            woken += await BulkRateAsync(world, client, length, null, ct);
            await world.QuietAsync(ct);
        }
        return (woken / Rounds, polling / Rounds, none / Rounds);
    }

    private static async Task<double> BulkRateAsync(PaceWorld world, MallClient client, TimeSpan length, string? without, CancellationToken ct)
    {
        await world.RestartHostAsync(ct, without is null ? [] : [$"--OrderHub:Outbox:{without}=false"]);
        await PushBulkAsync(client, WarmUp);
        if (without != "Dispatch") await world.QuietAsync(ct); // what waited since the host before is not this one's burden
        var rate = await PushBulkAsync(client, length);
        Console.WriteLine(Text($"  bulk intake with {(without is null ? "everything" : $"Outbox:{without}=false")}: {rate:F0} orders/s"));
        return rate;
    }
}
