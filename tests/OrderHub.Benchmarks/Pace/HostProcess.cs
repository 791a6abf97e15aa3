using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrderHub.Host.Startup;

namespace OrderHub.Benchmarks.Pace;

/// <summary>The host as an operator runs it: a process of its own on a database that is already there.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>Beside its program, which here is the benchmark's own copy; it reads the file again when that changes.</summary>
    private static readonly string Settings = Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    private readonly Process _process;

    private HostProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>User and system time since its start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most it ever had in memory, MiB.</summary>
    public double PeakMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1048576.0;
        }
    }

    public static async Task<HostProcess> StartAsync(string connectionString, string folder, CancellationToken ct)
    {
        File.Delete(Settings); // of a run that was killed
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                typeof(HubApplication).Assembly.Location, "--", $"--ConnectionStrings:OrderHub={connectionString}", $"--OrderHub:DataDirectory={folder}", $"--urls={address}",
                "--Serilog:MinimumLevel:Default=Warning",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { Length: > 0 } text) Console.Error.WriteLine("  host: " + text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new HostProcess(process, address);
        using var client = new HttpClient { BaseAddress = address };
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1);)
        {
            if (process.HasExited) throw new InvalidOperationException($"The host ended with {process.ExitCode}.");
            try
            {
                if ((await client.GetAsync(new Uri("/readyz", UriKind.Relative), ct)).IsSuccessStatusCode) return host;
            }
            catch (HttpRequestException) { /* not listening yet */ }
            await Task.Delay(100, ct);
        }
        throw new TimeoutException("The host was not ready within a minute.");
    }

    /// <summary>How long a running host takes to notice that its settings have changed, and a little more.</summary>
    public static readonly TimeSpan Hearing = TimeSpan.FromMilliseconds(600);

    /// <summary>Changes settings of the running host, and returns when it knows.</summary>
    public static async Task ChangeAsync(string json, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Settings, json, ct);
        await Task.Delay(Hearing, ct);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(Settings);
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
