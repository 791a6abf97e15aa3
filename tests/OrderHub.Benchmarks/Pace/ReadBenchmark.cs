using System.Diagnostics;
using OrderHub.Platform.Data;
using static OrderHub.Benchmarks.Pace.PaceBenchmark;

namespace OrderHub.Benchmarks.Pace;

/// <summary>What people look at, over HTTP, four users at once.</summary>
internal static class ReadBenchmark
{
    private const int Users = 4, Parcels = 400;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(PaceWorld world, MallClient client, PaceTable table, int stored, CancellationToken ct)
    {
        var known = await world.Database.QueryAsync("select id, platform_order_no, right(receiver_phone, 4) from orders_orders tablesample system (0.1) limit 2000",
            r => (No: Platform.Units.OrderNo.From(r.GetInt64(0)), PlatformNo: r.GetString(1), Tail: r.GetString(2)), ct);
        var waybills = await PackedParcels.PackAsync(world, Parcels, ct);
        (string Name, Func<Random, string> Path)[] screens =
        [
            ("list", _ => "/api/v1/orders?limit=50"),
            ("list of a state", _ => "/api/v1/orders?status=SHORTAGE&limit=50"),
            ("detail", r => "/api/v1/orders/" + known[r.Next(known.Count)].No),
            ("by platform no.", r => "/api/v1/orders?platformOrderNo=" + known[r.Next(known.Count)].PlatformNo),
            ("by phone tail", r => "/api/v1/orders?q=" + known[r.Next(known.Count)].Tail),
            ("by tracking no.", r => "/api/v1/orders?q=" + waybills[r.Next(waybills.Count)]),
        ];
        var worst = 0.0;
        var parts = new List<string>();
        foreach (var (name, path) in screens)
        {
            var times = (await Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(async () =>
            {
                var random = new Random(user);
                var own = new List<double>();
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < Length;) own.Add(await client.ReadAsync(path(random), world.ApiKey, ct));
                return own;
            }, ct)))).SelectMany(t => t).Order().ToArray();
            worst = Math.Max(worst, At(times, 0.95));
            parts.Add(Text($"{name} {At(times, 0.95):F1}"));
        }
        table.Add(10, Text($"reads over HTTP at {stored:N0} orders, {Users} users, p95"), string.Join(" · ", parts) + " ms", "≤ 60 ms", worst <= 60);
    }
}
