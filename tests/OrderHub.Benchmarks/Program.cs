using OrderHub.Benchmarks;

// dotnet run -c Release --project tests/OrderHub.Benchmarks [-- seconds]
var seconds = args.Length > 0 && int.TryParse(args[0], System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 10;
await using var hub = await BenchmarkHub.StartAsync(CancellationToken.None);
Console.WriteLine("| what | orders/s | p50 ms | p99 ms | allocated | short |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var (name, size, workers) in new[] { ("bulk, 200 orders a call, 1 worker", 200, 1), ("bulk, 200 orders a call, 2 workers", 200, 2), ("one order a call, 8 workers", 1, 8), ("one order a call, 16 workers", 1, 16) })
    Console.WriteLine(await IntakeBenchmark.RunAsync(hub, name, size, workers, TimeSpan.FromSeconds(seconds)));
Console.WriteLine($"bytes stored per order, without raw payload: {await hub.BytesPerOrderAsync()}");
