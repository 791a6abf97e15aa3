using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>How soon consumers begin, and what they cost the intake beside them.</summary>
internal static class OutboxBenchmark
{
    private const int Rounds = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, CancellationToken ct)
    {
        var delays = await DelaysAsync(world, client, TimeSpan.FromTicks(Math.Min(length.Ticks, TimeSpan.TicksPerSecond * 8)), ct);
        var (with, without) = await SlowedAsync(world, client, length, ct);
        table.Add(9, "order accepted → outbox handler ran, at 500/s; bulk intake beside the consumers ÷ beside none",
            Text($"p50 {At(delays, 0.5):F1} · p95 {At(delays, 0.95):F1} ms; {with:F0} ÷ {without:F0}/s = {with / without:F2}"), "p95 ≤ 100 ms; ≥ 0.97", At(delays, 0.95) <= 100 && with / without >= 0.97);
    }

    /// <summary>From the order's acceptance, before its commit, to the start of the handler that makes its pick task.</summary>
    private static async Task<double[]> DelaysAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        await world.QuietAsync(ct);
        var from = await world.CountAsync("select coalesce(max(id), 0) from orders_orders", ct);
        await PushAtAsync(client, 500, length, ct);
        await world.QuietAsync(ct);
        return [.. (await world.Database.QueryAsync("select extract(epoch from t.created_at - o.accepted_at) * 1000 from orders_orders o join warehousing_pick_tasks t on t.order_id = o.id where o.id > $1",
            r => (double)r.GetDecimal(0), ct, from)).Order()];
    }

    /// <summary>The host with its dispatcher and without, by turns, so that the machine's mood cancels out. Without it the news are written all the same and wait.</summary>
    private static async Task<(double With, double Without)> SlowedAsync(PaceWorld world, MallClient client, TimeSpan length, CancellationToken ct)
    {
        var (with, without) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            without += await BulkRateAsync(world, client, length, dispatch: false, ct);
            with += await BulkRateAsync(world, client, length, dispatch: true, ct);
            await world.QuietAsync(ct);
        }
        return (with / Rounds, without / Rounds);
    }

    private static async Task<double> BulkRateAsync(PaceWorld world, MallClient client, TimeSpan length, bool dispatch, CancellationToken ct)
    {
        await world.RestartHostAsync(ct, $"--OrderHub:Outbox:Dispatch={dispatch}");
        await PushBulkAsync(client, WarmUp, ct);
        if (dispatch) await world.QuietAsync(ct); // what waited since the host before is not this one's burden
        var rate = await PushBulkAsync(client, length, ct);
        Console.WriteLine(Text($"  bulk intake {(dispatch ? "beside the consumers" : "beside none")}: {rate:F0} orders/s"));
        return rate;
    }
}
