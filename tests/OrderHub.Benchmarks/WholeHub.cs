using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderHub.Host.Startup;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;
using OrderHub.Sandbox;

namespace OrderHub.Benchmarks;

/// <summary>Everything a shop owner would run, in this process and on this machine: all modules, a durable PostgreSQL, and the five platforms over HTTP.</summary>
internal sealed class WholeHub : IAsyncDisposable
{
    private readonly string _folder;
    private readonly HubApplication _hub;

    private WholeHub(string folder, HubApplication hub) => (_folder, _hub) = (folder, hub);

    public IServiceProvider Services => _hub.Services;
    public HubDatabase Database => Services.GetRequiredService<HubDatabase>();
    public SandboxWorld Sandbox => _hub.Demo!.Sandbox;

    /// <param name="more">Further <c>--Key=Value</c> settings; they win over the benchmark's own.</param>
    public static async Task<WholeHub> StartAsync(CancellationToken ct, params string[] more)
    {
        var folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"orderhub-bench-{Environment.ProcessId}"));
        var hub = await HubApplication.CreateAsync(
        [
            $"--OrderHub:DataDirectory={folder}", "--OrderHub:Demo=true", "--urls=http://127.0.0.1:0", "--Sandbox:Port=0", "--Sandbox:OrdersPerMinute=0", "--Sandbox:StaffPace=0",
            "--Serilog:MinimumLevel:Default=Error", "--Serilog:MinimumLevel:Override:OrderHub=Error", .. more,
        ], verb: false, ct);
        await hub.StartAsync(ct);
        return new(folder, hub);
    }

    public async Task<long> CountAsync(string sql, params object?[] values) => (await Database.QueryAsync(sql, r => r.GetInt64(0), default, values))[0];

    /// <summary>Every registered invariant; empty = clean.</summary>
    public async Task<IReadOnlyList<string>> BreachesAsync(CancellationToken ct)
    {
        await using var scope = Services.CreateAsyncScope();
        var breaches = new List<string>();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
            breaches.AddRange((await check.RunAsync(ct)).Examples.Select(e => $"{check.Name}: {e}"));
        return breaches;
    }

    public async ValueTask DisposeAsync()
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _hub.WaitForShutdownAsync(CancellationToken.None);
        await _hub.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
