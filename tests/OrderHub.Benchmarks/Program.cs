using System.Globalization;
using OrderHub.Benchmarks;

// dotnet run -c Release --project tests/OrderHub.Benchmarks [-- [intake] [seconds]]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- latency-in [seconds]
// dotnet run -c Release --project tests/OrderHub.Benchmarks -- latency-out [seconds]
var length = TimeSpan.FromSeconds(args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var given) ? given : 0).LastOrDefault(s => s > 0, args.Any(a => a.StartsWith("latency", StringComparison.Ordinal)) ? 60 : 10));
return args.FirstOrDefault() switch
{
    "latency-in" => await IntakeLatencyBenchmark.RunAsync(length, CancellationToken.None),
    "latency-out" => await StockLatencyBenchmark.RunAsync(length, CancellationToken.None),
    _ => await IntakeBenchmark.RunAllAsync(length, CancellationToken.None),
};
