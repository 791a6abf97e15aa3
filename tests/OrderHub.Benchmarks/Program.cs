using System.Globalization;
using OrderHub.Benchmarks;
using OrderHub.Benchmarks.Pace;

// dotnet run -c Release --project tests/OrderHub.Benchmarks [-- pace [seconds per row] [orders stored at the end]]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- profile [seconds per run] [orders stored before]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- waking [seconds]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- latency-in [seconds]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- latency-out [seconds]
var numbers = args.Where(a => int.TryParse(a, CultureInfo.InvariantCulture, out _)).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToList();
var verb = args.FirstOrDefault(a => char.IsLetter(a[0])) ?? "pace";
var length = TimeSpan.FromSeconds(numbers.Count > 0 ? numbers[0] : verb is "pace" or "profile" ? 10 : 60);
return verb switch
{
    "pace" => await PaceBenchmark.RunAsync(length, numbers.Count > 1 ? numbers[1] : 1_000_000, CancellationToken.None),
    "profile" => await IntakeProfile.RunAsync(length, numbers.Count > 1 ? numbers[1] : 50_000, CancellationToken.None),
    "waking" => await OutboxBenchmark.RunWakingAsync(length, CancellationToken.None),
    "latency-in" => await IntakeLatencyBenchmark.RunAsync(length, CancellationToken.None),
    "latency-out" => await StockLatencyBenchmark.RunAsync(length, CancellationToken.None),
    _ => throw new ArgumentException($"Unknown benchmark {verb}: pace, profile, waking, latency-in or latency-out."),
};
