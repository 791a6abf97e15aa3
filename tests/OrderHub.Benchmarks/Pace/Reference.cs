using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OrderHub.Benchmarks.Pace;

/// <summary>
/// Hand-written SQL for the bare job on the same server, measured beside the hub so that the machine's mood cancels out. The scripts lie
/// beside the project in <c>../shared/perf</c> (or where ORDERHUB_REFERENCE points); without them, or without psql and pgbench, no ratios are printed.
/// </summary>
internal sealed partial class Reference(PaceWorld world)
{
    private readonly List<(double OnePerTx, double Batch)> _runs = [];
    private readonly List<double> _hot = [];

    /// <summary>Orders a second; null when it could not be measured.</summary>
    public double? OnePerTx => _runs.Count > 0 ? _runs.Average(r => r.OnePerTx) : null;
    public double? Batch200 => _runs.Count > 0 ? _runs.Average(r => r.Batch) : null;
    public double? HotSku => _hot.Count > 0 ? _hot.Average() : null;

    private static string Folder => Environment.GetEnvironmentVariable("ORDERHUB_REFERENCE") is { Length: > 0 } given ? given : Path.Combine(Repository.Root, "..", "shared", "perf");

    public async Task MeasureAsync(CancellationToken ct)
    {
        var said = await RunAsync("./limit.sh quick", ct);
        if (QuickLine().Match(said) is not { Success: true } match) return;
        _runs.Add((double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));
        Console.WriteLine($"  reference: {match.Value}");
    }

    /// <summary>Sixteen clients after one SKU.</summary>
    public async Task MeasureHotAsync(CancellationToken ct)
    {
        var said = await RunAsync("f=$(mktemp --suffix=.pgb); sed 's/:fn/place_order/' one_hot.pgb > $f; ./bench.sh oms_limit $f 16 3 1; rm $f", ct);
        if (HotLine().Match(said) is not { Success: true } match) return;
        _hot.Add(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Console.WriteLine($"  reference: hot SKU {match.Value}");
    }

    private async Task<string> RunAsync(string command, CancellationToken ct)
    {
        if (!Directory.Exists(Folder)) return "";
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Folder, RedirectStandardOutput = true, ArgumentList = { "-c", command } };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = ("127.0.0.1", world.Port.ToString(CultureInfo.InvariantCulture));
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (world.User, world.Password);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return said;
    }

    [GeneratedRegex(@"one_per_tx_c8 (\d+) batch200 (\d+)")]
    private static partial Regex QuickLine();

    [GeneratedRegex(@"(\d+) orders/s")]
    private static partial Regex HotLine();
}

internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OrderHub.sln"))) return folder.FullName;
        throw new InvalidOperationException("OrderHub.sln is in no folder above this program.");
    }
}
