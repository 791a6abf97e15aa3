using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using OrderHub.Host.Startup;
using Xunit.Sdk;

namespace OrderHub.BrowserTests.Infrastructure;

/// <summary>One demo host, database and browser for all tests. Nothing sells by itself: tests publish the orders they look at.</summary>
public sealed class RunningHub : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"orderhub-browser-{Environment.ProcessId}");
    private readonly Dictionary<string, string> _signedIn = [];
    private ThrowAwayDatabase? _database;
    private HubApplication? _hub;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Dictionary<string, string> _passwords = [];
    private DemoDay? _day;

    internal HubApplication Hub => _hub!;
    internal DemoDay Day => _day!;
    internal Uri Address => new(Hub.Addresses.First());
    internal Uri Sandbox => Hub.Demo!.Sandbox.BaseAddress;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        _database = await ThrowAwayDatabase.CreateAsync(Path.Combine(_folder, "database"));
        var data = Path.Combine(_folder, "hub");
        _hub = await HubApplication.CreateAsync(
        [
            $"--ConnectionStrings:OrderHub={_database.ConnectionString}", $"--OrderHub:DataDirectory={data}", "--OrderHub:Demo=true",
            $"--urls=http://127.0.0.1:{FreePort()}", "--Sandbox:Port=0", "--Sandbox:OrdersPerMinute=0",
            "--Sandbox:PickupDelay=00:00:01", "--Sandbox:TransitDelay=00:30:00", // on its way as long as the tests run
            "--Serilog:MinimumLevel:Override:OrderHub=Warning",
        ], verb: false, CancellationToken.None);
        await _hub.StartAsync(CancellationToken.None);
        _passwords = (await File.ReadAllLinesAsync(Path.Combine(data, "demo-accounts.txt"))).Select(l => l.Split('\t')).ToDictionary(p => p[0], p => p[1]);
        _day = new DemoDay(_hub);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_hub is not null)
        {
            _hub.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await _hub.WaitForShutdownAsync(CancellationToken.None); // jobs end before their database does
            await _hub.DisposeAsync();
        }
        if (_database is not null) await _database.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Someone with a browser of their own. When the walk fails, the message says where the picture of the last page is.</summary>
    /// <param name="account">Signed in as; null = nobody yet.</param>
    internal async Task WalkAsync(string? account, Screen screen, Func<Visit, Task> walk, [CallerMemberName] string test = "")
    {
        var state = account is null ? null : await SignedInAsync(account);
        await using var visit = await Visit.StartAsync(_browser!, Address, screen, state);
        try
        {
            await walk(visit);
        }
        catch (Exception failure)
        {
            var picture = await visit.PhotographAsync(test);
            throw new XunitException($"{failure.Message}\nPage: {visit.Page.Url}\nScreenshot: {picture}", failure);
        }
    }

    internal string PasswordOf(string account) => _passwords[account];

    /// <summary>Through the sign-in page, once per account.</summary>
    private async Task<string> SignedInAsync(string account)
    {
        if (_signedIn.TryGetValue(account, out var known)) return known;
        await using var visit = await Visit.StartAsync(_browser!, Address, Screen.Desktop, null);
        await visit.SignInAsync(account, PasswordOf(account));
        return _signedIn[account] = await visit.Page.Context.StorageStateAsync();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>All browser tests share the hub and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OneHub : ICollectionFixture<RunningHub>
{
    public const string Name = "one hub";
}
