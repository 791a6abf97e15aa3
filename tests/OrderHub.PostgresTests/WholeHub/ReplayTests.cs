using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Host.Startup;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>The whole hub against the whole file of real orders, over HTTP, with nobody packing.</summary>
public sealed class ReplayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [RealOrdersFact]
    public async Task Every_row_of_the_real_orders_becomes_what_the_file_says_to_the_fen()
    {
        var folder = Directory.CreateTempSubdirectory("orderhub-replay-");
        try
        {
            await using var hub = await HubApplication.CreateAsync(
            [
                $"--ConnectionStrings:OrderHub={database.ConnectionString}", $"--OrderHub:DataDirectory={folder.FullName}", "--OrderHub:Demo=true", "--urls=http://127.0.0.1:0",
                "--Sandbox:Port=0", "--Sandbox:StaffPace=0", $"--Sandbox:Replay={RealOrders.File}", "--Sandbox:ReplaySpeed=40000", $"--Verify:ReplayCsv={RealOrders.File}",
                "--Serilog:MinimumLevel:Default=Error",
            ], verb: false, CancellationToken.None);
            await hub.StartAsync(CancellationToken.None);

            var results = await SettledAsync(hub);

            results.Single(r => r.Check.Contains("回放")).Result.Checked.ShouldBe(12_358);
            results.SelectMany(r => r.Result.Examples.Select(e => $"{r.Check}: {e}")).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Looks again until the file has passed through and every invariant holds, or patience ends; then whatever is wrong is the answer.</summary>
    private static async Task<List<(string Check, VerifyResult Result)>> SettledAsync(HubApplication hub)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
            if (hub.Demo!.Sandbox.ReplayProgress is not { Finished: true } && !patience.IsCancellationRequested) continue;
            await using var scope = hub.Services.CreateAsyncScope();
            var results = new List<(string, VerifyResult Result)>();
            foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>()) results.Add((check.Name, await check.RunAsync(CancellationToken.None)));
            if (patience.IsCancellationRequested || results.TrueForAll(r => r.Result.Breaches == 0)) return results;
        }
    }
}

internal static class RealOrders
{
    /// <summary>The file of real orders beside the checkout; it is not part of it.</summary>
    public static string File { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "OrderHub.sln"))) folder = folder.Parent!;
        return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", "tmall_orders_2020-02.csv"));
    }
}

/// <summary>Skipped, with the reason in the report, where the real orders are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealOrdersFactAttribute : FactAttribute
{
    public RealOrdersFactAttribute()
    {
        if (!File.Exists(RealOrders.File)) Skip = $"The file of real orders is not at {RealOrders.File}.";
    }
}
