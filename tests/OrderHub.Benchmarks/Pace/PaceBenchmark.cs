using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using OrderHub.Platform.Data;

namespace OrderHub.Benchmarks.Pace;

/// <summary>
/// How fast orders go completely through intake, over HTTP into the host as operators run it, all its consumers and jobs running. Prints
/// the table and writes it into <c>docs/performance.md</c>. Client, host and PostgreSQL share the machine.
/// </summary>
internal static class PaceBenchmark
{
    internal const int Connections = 32, BulkSize = 200, BulkConnections = 4, FlashConnections = 64;
    private const int FlashBuyers = 20_000;

    /// <summary>Bytes, many times what pushing at a given pace takes here.</summary>
    private const long MostAllocated = 192 << 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    internal sealed record Run(double PerSecond, double[] LatenciesMs, double HostMicros, double ServerMicros, double Statements);

    /// <param name="stored">How many orders are there when the last rows are measured.</param>
    public static async Task<int> RunAsync(TimeSpan length, int stored, CancellationToken ct)
    {
        await using var world = await PaceWorld.StartAsync(ct);
        using var client = new MallClient(world.Host.Address);
        var reference = new Reference(world);
        var table = new PaceTable();

        await PushForAsync(world, client, WarmUp, Connections, 1, ct); // until everything is compiled and planned
        await PushForAsync(world, client, WarmUp, BulkConnections, BulkSize, ct);
        await world.QuietAsync(ct);
        await world.RunInAsync(ct);

        await reference.MeasureAsync(ct);
        await world.ExecuteAsync("checkpoint", ct); // what all this wrote would otherwise bring one about in the middle of a row
        var before = (Bytes: await world.StoredBytesAsync(ct), client.Sent);
        var single = await PushForAsync(world, client, length, Connections, 1, ct);
        await world.QuietAsync(ct);
        var bulk = await PushForAsync(world, client, length, BulkConnections, BulkSize, ct);
        var bytes = (await world.StoredBytesAsync(ct) - before.Bytes) / (double)(client.Sent - before.Sent);
        await world.QuietAsync(ct);
        await reference.MeasureAsync(ct);

        table.Add(1, $"HTTP intake, one order per request, {Connections} connections", Rate(single, reference.OnePerTx, "one_per_tx_c8"), "≥ 0.4 ×", Ratio(single.PerSecond, reference.OnePerTx) >= 0.4);
        table.Add(2, $"bulk intake, {BulkSize} per request, {BulkConnections} connections", Rate(bulk, reference.Batch200, "batch200"), "≥ 0.4 ×, ≥ 2,000/s",
            Ratio(bulk.PerSecond, reference.Batch200) >= 0.4 && bulk.PerSecond >= 2_000);

        await FlashAsync(world, client, reference, table, ct);

        var half = single.PerSecond / 2;
        using var disk = new DiskProbe(world.Folder);
        var paced = await PushAtAsync(client, half, length);
        table.Add(4, Text($"one order's latency at {half:F0}/s"), Text($"p50 {At(paced, 0.5):F1} · p99 {At(paced, 0.99):F1} ms; meanwhile the disk kept a bare flush of 4 kB waiting for more than {DiskProbe.Stall.TotalMilliseconds:F0} ms during {disk.StalledPercent():F1} % of the time"),
            "p99 ≤ 50 ms", At(paced, 0.99) <= 50);
        table.Add(5, "server CPU per order (PostgreSQL + host), single / bulk", Text($"{single.ServerMicros:F0} + {single.HostMicros:F0} / {bulk.ServerMicros:F0} + {bulk.HostMicros:F0} µs"), "PostgreSQL ≤ 900 / 300 µs",
            single.ServerMicros <= 900 && bulk.ServerMicros <= 300);
        table.Add(6, "SQL statements per order, single / bulk, consumers included", Text($"{single.Statements:F2} / {bulk.Statements:F3}"), "≤ 12 / 0.2", single.Statements <= 12 && bulk.Statements <= 0.2);
        table.Add(7, "stored bytes per order without raw payload", Text($"{bytes:F0}"), "≤ 2,560", bytes <= 2_560);
        await OutboxBenchmark.RunAsync(world, client, table, length, ct);
        var breaches = new List<string>(await BreachesAsync(world, ct));
        await GrowthAsync(world, client, table, length, stored, breaches, ct);
        table.Add(12, "host memory, peak", Text($"{world.PeakMebibytes:F0} MiB"), "≤ 600 MiB", world.PeakMebibytes <= 600);

        breaches.AddRange(await BreachesAsync(world, ct));
        return table.Finish(reference, breaches.Count) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<string>> BreachesAsync(PaceWorld world, CancellationToken ct)
    {
        await world.QuietAsync(ct);
        var breaches = await world.BreachesAsync(ct);
        foreach (var breach in breaches.Take(10)) Console.WriteLine("  " + breach);
        return breaches;
    }

    private static async Task FlashAsync(PaceWorld world, MallClient client, Reference reference, PaceTable table, CancellationToken ct)
    {
        await reference.MeasureHotAsync(ct);
        var buyers = 0;
        var clock = Stopwatch.StartNew();
        await EachAsync(client, FlashConnections, (connection, random) =>
        {
            while (Interlocked.Increment(ref buyers) <= FlashBuyers) client.Push(connection, client.FlashOrder(random));
        });
        var rate = FlashBuyers / clock.Elapsed.TotalSeconds;
        await world.QuietAsync(ct);
        var sold = await world.CountAsync($"select coalesce(sum(r.quantity), 0)::bigint from inventory_reservations r join catalog_skus s on s.id = r.sku_id where s.code = '{PaceWorld.FlashSku}' and r.ended_at is null", ct);
        var kept = await world.CountAsync($"select count(*) from orders_orders o join orders_lines l on l.order_id = o.id join catalog_skus s on s.id = l.sku_id where s.code = '{PaceWorld.FlashSku}' and o.state = 28", ct);
        await reference.MeasureHotAsync(ct);
        var ratio = Ratio(rate, reference.HotSku);
        table.Add(3, Text($"flash sale: {FlashBuyers} buyers after {PaceWorld.FlashPieces} pieces, {PaceWorld.Shops} shops, {FlashConnections} connections"),
            Text($"{rate:F0}/s = {ratio:F2} × hot_sku_c16; sold {sold}, SHORTAGE {kept}"), "exactly 10,000; ≥ 1.5 ×", sold == PaceWorld.FlashPieces && kept == FlashBuyers - PaceWorld.FlashPieces && ratio >= 1.5);
    }

    /// <summary>Up to a million, and from there up to what was asked for.</summary>
    private static async Task GrowthAsync(PaceWorld world, MallClient client, PaceTable table, TimeSpan length, int stored, List<string> breaches, CancellationToken ct)
    {
        var (rates, met) = (new List<string>(), true);
        foreach (var size in new[] { Math.Min(stored, 1_000_000), stored }.Distinct())
        {
            await FillAsync(world, client, size, ct);
            var (single, bulk) = await BesideFewAsync(world, client, size, TimeSpan.FromTicks(length.Ticks / 5), breaches, ct);
            rates.Add(Text($"{size:N0}: {single.Ratio:F2} ± {single.Error:F2} / {bulk.Ratio:F2} ± {bulk.Error:F2}"));
            met &= single.Ratio >= 0.8 && bulk.Ratio >= 0.8;
            if (size > 1_000_000) continue;
            await ReadBenchmark.RunAsync(world, client, table, size, ct);
            await FiguresBenchmark.RunAsync(world, client, table, length, size, ct);
        }
        table.Add(8, "rate with so many stored ÷ beside it at about 100,000, single / bulk", string.Join(" · ", rates), "≥ 0.8", met);
    }

    /// <summary>
    /// By turns with a second hub on the same server that has taken few orders: a machine that slows down between two rows slows both.
    /// </summary>
    private static async Task<(ByTurns Single, ByTurns Bulk)> BesideFewAsync(PaceWorld world, MallClient client, int stored, TimeSpan slice, List<string> breaches, CancellationToken ct)
    {
        await using var few = await world.BesideAsync(Text($"beside_{stored}"), ct);
        using var fewClient = new MallClient(few.Host.Address);
        await PushAsync(fewClient, WarmUp, Connections, 1);
        await PushAsync(fewClient, WarmUp, BulkConnections, BulkSize);
        await few.QuietAsync(ct);
        await world.RestAsync(ct);
        var from = await StoredAsync();
        var single = await MeasureAsync(Connections, 1);
        var bulk = await MeasureAsync(BulkConnections, BulkSize);
        Console.WriteLine(Text($"  {stored:N0} ÷ {from:N0} to {await StoredAsync():N0} stored: one by one {single.First:F0} ÷ {single.Second:F0}/s = {single.Ratio:F3} ± {single.Error:F3}, bulk {bulk.First:F0} ÷ {bulk.Second:F0}/s = {bulk.Ratio:F3} ± {bulk.Error:F3}"));
        breaches.AddRange(await BreachesAsync(few, ct));
        return (single, bulk);

        Task<ByTurns> MeasureAsync(int connections, int perRequest) => ByTurns.MeasureAsync(async many =>
        {
            var (rate, _) = await PushAsync(many ? client : fewClient, slice, connections, perRequest);
            await (many ? world : few).QuietAsync(ct);
            return rate;
        }, blocks => blocks < 4);

        Task<long> StoredAsync() => few.CountAsync("select count(*) from orders_orders", ct);
    }

    /// <summary>By the hub's own bulk intake, until its consumers are through and PostgreSQL has tidied up: nobody takes a year's orders in a quarter of an hour, and what that leaves to vacuum is not the next order's.</summary>
    internal static async Task FillAsync(PaceWorld world, MallClient client, int stored, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var (before, sent) = (await world.CountAsync("select count(*) from orders_orders", ct), client.Sent);
        for (long there; (there = before + client.Sent - sent) < stored;)
        {
            await EachAsync(client, BulkConnections, (connection, random) =>
            {
                for (var i = 0; i < Math.Min(100, (stored - there) / BulkSize / BulkConnections + 1); i++) client.Push(connection, client.Orders(BulkSize, random), BulkSize);
            });
            if (clock.Elapsed.TotalSeconds % 30 < 5) Console.WriteLine(Text($"  {there:N0} orders stored after {clock.Elapsed.TotalSeconds:F0} s"));
        }
        await world.QuietAsync(ct);
        await world.RestAsync(ct);
    }

    internal static async Task<Run> PushForAsync(PaceWorld world, MallClient client, TimeSpan length, int connections, int perRequest, CancellationToken ct)
    {
        var ready = Ready(client, length, perRequest);
        var (cpu, serverCpu, own, statements, sent) = (world.Host.Cpu, world.ServerCpu(), Own(), await world.StatementsAsync(ct), client.Sent);
        var (perSecond, latencies) = await PushAsync(client, length, connections, perRequest, ready);
        var orders = client.Sent - sent;
        var load = (Own() - own).TotalMicroseconds / orders;
        await world.QuietAsync(ct); // what the consumers still had to do is part of the order's cost
        var run = new Run(perSecond, latencies, (world.Host.Cpu - cpu).TotalMicroseconds / orders, (world.ServerCpu() - serverCpu).TotalMicroseconds / orders,
            (await world.StatementsAsync(ct) - statements) / (double)orders);
        Console.WriteLine(Text($"  {perRequest} per request, {connections} connections: {run.PerSecond:F0} orders/s, p50 {At(run.LatenciesMs, 0.5):F1} ms, p99 {At(run.LatenciesMs, 0.99):F1} ms, PostgreSQL {run.ServerMicros:F0} + host {run.HostMicros:F0} + load {load:F0} µs/order, {run.Statements:F2} statements/order"));
        return run;

        static TimeSpan Own() => Process.GetCurrentProcess().TotalProcessorTime;
    }

    /// <summary>Orders that were made before the clock starts, about as many as will be pushed: a mall has them when it pushes, and making them is not the hub's work.</summary>
    private static ConcurrentQueue<byte[]> Ready(MallClient client, TimeSpan length, int perRequest)
    {
        var random = new Random(perRequest);
        return new(Enumerable.Range(0, (int)(length.TotalSeconds * (perRequest == 1 ? 2_500 : 6_000) / perRequest)).Select(_ => client.Orders(perRequest, random)));
    }

    /// <param name="ready">Pushed before any are made.</param>
    /// <param name="answered">Told of each answer, with how many orders it was for.</param>
    internal static async Task<(double PerSecond, double[] LatenciesMs)> PushAsync(MallClient client, TimeSpan length, int connections, int perRequest, ConcurrentQueue<byte[]>? ready = null, Action<int>? answered = null)
    {
        var (latencies, sent, clock) = (new ConcurrentQueue<double>(), client.Sent, Stopwatch.StartNew());
        await EachAsync(client, connections, (connection, random) =>
        {
            while (clock.Elapsed < length)
            {
                latencies.Enqueue(client.Push(connection, ready is not null && ready.TryDequeue(out var body) ? body : client.Orders(perRequest, random), perRequest));
                answered?.Invoke(perRequest);
            }
        });
        return ((client.Sent - sent) / clock.Elapsed.TotalSeconds, [.. latencies.Order()]);
    }

    /// <summary>
    /// One order after another at a given pace, whether the one before is answered or not; the clock runs from when it was due. The orders are made
    /// before, and nothing is collected here meanwhile: all threads of this process would stop for it, up to a tenth of a second, and the hub's answer seem late.
    /// </summary>
    internal static async Task<double[]> PushAtAsync(MallClient client, double perSecond, TimeSpan length)
    {
        var latencies = new ConcurrentQueue<double>();
        var next = -1;
        var random = new Random(4);
        byte[][] bodies = [.. Enumerable.Range(0, (int)Math.Ceiling(length.TotalSeconds * perSecond)).Select(_ => client.Orders(1, random))];
        GC.Collect();
        if (!GC.TryStartNoGCRegion(MostAllocated)) Console.WriteLine("  no room for all of the client's allocations; its collections count as the hub's latency");
        var clock = Stopwatch.StartNew();
        await EachAsync(client, 2 * Connections, (connection, _) =>
        {
            while (Interlocked.Increment(ref next) is var place && place < bodies.Length)
            {
                var due = TimeSpan.FromSeconds(place / perSecond);
                if (due - clock.Elapsed is { Ticks: > 0 } early) Thread.Sleep(early); // up to a millisecond late, which counts as the order's; spinning would take a core from the host
                client.Push(connection, bodies[place]);
                latencies.Enqueue((clock.Elapsed - due).TotalMilliseconds);
            }
        });
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        else Console.WriteLine("  the client did collect meanwhile, which counts as the hub's latency");
        return [.. latencies.Order()];
    }

    /// <summary>A thread for each connection, the shops by turns.</summary>
    private static Task EachAsync(MallClient client, int connections, Action<MallConnection, Random> work) => Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Factory.StartNew(() =>
    {
        using var connection = client.Connect(worker % PaceWorld.Shops + 1);
        work(connection, new Random(worker));
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static string Rate(Run run, double? reference, string name) => reference is null
        ? Text($"{run.PerSecond:F0}/s (no reference)") : Text($"{run.PerSecond:F0}/s = {run.PerSecond / reference:F2} × {name}; p50 {At(run.LatenciesMs, 0.5):F1}, p99 {At(run.LatenciesMs, 0.99):F1} ms");

    private static double Ratio(double figure, double? reference) => reference is { } there ? figure / there : double.NaN;

    internal static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    internal static string Text(FormattableString text) => FormattableString.Invariant(text);
}
