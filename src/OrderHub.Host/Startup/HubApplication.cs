using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrderHub.Host.Demo;
using OrderHub.Host.Web;
using OrderHub.Platform.Accounts;
using Serilog.Extensions.Logging;

namespace OrderHub.Host.Startup;

/// <summary>One OrderHub in this process, from its database to its web server. Made by the run verb, by the other verbs (never serving) and by tests.</summary>
internal sealed class HubApplication : IAsyncDisposable
{
    private readonly SerilogLoggerFactory _logs;
    private readonly DatabaseServer _database;
    private readonly WebApplication _web;
    private readonly ActivityListener _traces;
    private DemoWorld? _demo;
    private bool _serving;

    private HubApplication(HubSettings settings, SerilogLoggerFactory logs, DatabaseServer database, WebApplication web) =>
        (Settings, _logs, _database, _web, _traces) = (settings, logs, database, web, HubLogging.ListenForTraceIds());

    public HubSettings Settings { get; }
    public IServiceProvider Services => _web.Services;
    public bool DatabaseIsPrivate => _database.IsPrivate;
    public DemoWorld? Demo => _demo;

    /// <summary>Where it answers; known once it serves.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <param name="args"><c>--Key=Value</c> pairs that win over the environment.</param>
    /// <param name="verb">True: nothing is scheduled or served, and a running host's private database is shared.</param>
    public static async Task<HubApplication> CreateAsync(string[] args, bool verb, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(HubApplication).Assembly.GetName().Name,
            ContentRootPath = Path.GetDirectoryName(typeof(HubApplication).Assembly.Location),
        });
        builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(HubSettings.DefaultUrl);
        var settings = HubSettings.From(builder.Configuration);
        var logs = HubLogging.Create(settings, builder.Configuration, verb);
        DatabaseServer? database = null;
        try
        {
            database = await DatabaseServer.StartAsync(settings, beside: verb, logs.CreateLogger("OrderHub.Database"), ct);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ILoggerFactory>(logs);
            builder.Services.AddHub(settings, builder.Configuration, database.ConnectionString);
            return new(settings, logs, database, builder.Build());
        }
        catch
        {
            if (database is not null) await database.DisposeAsync();
            logs.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct) => SchemaUpdate.RunAsync(Services, ct);

    public async Task StartAsync(CancellationToken ct)
    {
        await MigrateAsync(ct);
        await using (var scope = Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<UserAccounts>().EnsureRolesAsync(ct);
        if (Settings.Demo) _demo = await DemoWorld.StartAsync(Settings, Services, ct);
        _web.UseHub(_demo);
        await _web.StartAsync(ct);
        _serving = true;
        _demo?.PointAtHub(new Uri(Addresses.First()));
    }

    public Task WaitForShutdownAsync(CancellationToken ct) => _web.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        // Jobs and workers end before the world around them and their database do.
        if (_serving && !_web.Lifetime.ApplicationStopped.IsCancellationRequested) await _web.StopAsync();
        if (_demo is not null) await _demo.DisposeAsync();
        await _web.DisposeAsync();
        await _database.DisposeAsync();
        _traces.Dispose();
        _logs.Dispose();
    }
}
