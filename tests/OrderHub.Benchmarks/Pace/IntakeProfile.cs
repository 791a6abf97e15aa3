using System.Globalization;
using OrderHub.Platform.Data;

namespace OrderHub.Benchmarks.Pace;

/// <summary>Where an order's time goes: what PostgreSQL spent on each statement while orders were pushed, in µs an order, and what it wrote to its log.</summary>
internal static class IntakeProfile
{
    private const int Top = 30, Width = 150;

    public static async Task<int> RunAsync(TimeSpan length, int stored, CancellationToken ct)
    {
        await using var world = await PaceWorld.StartAsync(ct);
        using var client = new MallClient(world.Host.Address);
        await PaceBenchmark.PushForAsync(world, client, TimeSpan.FromSeconds(10), PaceBenchmark.Connections, 1, ct);
        await PaceBenchmark.FillAsync(world, client, stored, ct);
        foreach (var (connections, perRequest) in new[] { (PaceBenchmark.BulkConnections, PaceBenchmark.BulkSize), (PaceBenchmark.Connections, 1) })
        {
            await world.ExecuteAsync("select public.pg_stat_statements_reset()", ct);
            var (before, wal) = (client.Sent, await WalAsync(world, ct));
            await PaceBenchmark.PushForAsync(world, client, length, connections, perRequest, ct);
            double orders = client.Sent - before;
            var written = await WalAsync(world, ct) - wal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  write-ahead log {written / orders:F0} bytes/order"));
            foreach (var line in await world.Database.QueryAsync($"""
                select total_exec_time, calls, rows, mean_exec_time, left(regexp_replace(query, '\s+', ' ', 'g'), {Width}) from public.pg_stat_statements order by total_exec_time desc limit {Top}
                """, r => string.Create(CultureInfo.InvariantCulture, $"  {r.GetDouble(0) * 1000 / orders,7:F1} µs/order {r.GetInt64(1),7} calls {r.GetInt64(2),8} rows {r.GetDouble(3),8:F3} ms  {r.GetString(4)}"), ct)) Console.WriteLine(line);
        }
        return 0;
    }

    private static Task<long> WalAsync(PaceWorld world, CancellationToken ct) => world.CountAsync("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", ct);
}
