using System.Diagnostics;
using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, and what waking them costs the intake.</summary>
internal static class OutboxBenchmark
{
    private const int Turns = 48;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Slice = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var (woken, polling) = await SlowedAsync(world, client, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake while commits wake the consumers ÷ while these only look every 300 ms",
            Text($"p50 {At(delays, 0.5):F1} · p95 {At(delays, 0.95):F1} ms; {woken:F0} ÷ {polling:F0}/s = {woken / polling:F2}"), "p95 ≤ 100 ms; ≥ 0.97", At(delays, 0.95) <= 100 && woken / polling >= 0.97);
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

    /// <summary>One host, told by turns to wake its consumers and not to, a few seconds each, so that the machine's moods and everything compiled are both ways' alike.</summary>
    private static async Task<(double Woken, double Polling)> SlowedAsync(PaceWorld world, MallClient client, CancellationToken ct)
    {
        var rates = new List<(bool Wakes, double Rate)>();
        await PushBulkAsync(client, WarmUp);
        for (var turn = 0; turn < Turns; turn++)
        {
            var wakes = turn % 4 is 0 or 3;
            await TellAsync(wakes, ct);
            await world.QuietAsync(ct);
            rates.Add((wakes, await SteadyAsync(client)));
        }
        await TellAsync(wakes: true, ct);
        Console.WriteLine("  bulk intake, woken + or polling -: " + string.Join(' ', rates.Select(r => Text($"{(r.Wakes ? '+' : '-')}{r.Rate:F0}"))));
        return (rates.Where(r => r.Wakes).Average(r => r.Rate), rates.Where(r => !r.Wakes).Average(r => r.Rate));
    }

    private static Task TellAsync(bool wakes, CancellationToken ct) => HostProcess.ChangeAsync($$"""{ "OrderHub": { "Outbox": { "Wake": {{(wakes ? "true" : "false")}} } } }""", ct);

    /// <returns>Orders a second from when the consumers are at work too: those who only look begin later, and what they leave behind at the end would be nobody's.</returns>
    private static async Task<double> SteadyAsync(MallClient client)
    {
        var clock = Stopwatch.StartNew();
        var counted = 0L;
        await PushBulkAsync(client, Slice, orders => { if (clock.Elapsed > Slice / 3) Interlocked.Add(ref counted, orders); });
        return counted / (clock.Elapsed - Slice / 3).TotalSeconds;
    }
}
