using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, and what waking them costs the intake.</summary>
internal static class OutboxBenchmark
{
    private const int Rounds = 12;
    private const long OtherNumbers = 1_000_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25), Slice = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var (woken, polling) = await SlowedAsync(world, client, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake into a host whose commits wake its consumers ÷ into one whose consumers only look every 300 ms",
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

    /// <summary>Two hosts on one database, both compiled by then, a few seconds each by turns, so that the machine's moods cancel out.</summary>
    private static async Task<(double Woken, double Polling)> SlowedAsync(PaceWorld world, MallClient client, CancellationToken ct)
    {
        await using var host = await world.SecondHostAsync(ct, "--OrderHub:Outbox:Wake=false");
        using var other = new MallClient(host.Address, OtherNumbers);
        await PushBulkAsync(other, WarmUp);
        await PushBulkAsync(client, Slice);
        var (woken, polling) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
            foreach (var wakes in round % 2 == 0 ? new[] { true, false } : [false, true])
            {
                await world.QuietAsync(ct); // what one left behind is not the other's burden
                var rate = await PushBulkAsync(wakes ? client : other, Slice);
                (woken, polling) = wakes ? (woken + rate / Rounds, polling) : (woken, polling + rate / Rounds);
            }
        Console.WriteLine(Text($"  bulk intake by turns: woken {woken:F0}, polling {polling:F0} orders/s"));
        return (woken, polling);
    }
}
