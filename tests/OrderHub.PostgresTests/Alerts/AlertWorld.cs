using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Alerts;
using OrderHub.Channels.Contracts;
using OrderHub.Host;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Notifications.Sending;
using OrderHub.Platform.Notifications.Settings;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Sandbox;

namespace OrderHub.PostgresTests.Alerts;

/// <summary>The hub's modules, the sandbox with its robots and mail server over real HTTP and SMTP, and a clock that a test moves.</summary>
public sealed class AlertWorld : IAsyncLifetime
{
    public const string Group = "运营群", PublicUrl = "https://hub.example";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "orderhub-alerts-" + Guid.NewGuid().ToString("N"));
    private readonly TestDatabase _database = new();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private ServiceProvider _host = null!;

    public MovedClock Clock { get; } = new();
    public SandboxWorld Sandbox { get; private set; } = null!;
    public List<string> Log { get; } = [];
    public IServiceProvider Host => _host;
    public HubDatabase Database => _host.GetRequiredService<HubDatabase>();
    public IIncidents Incidents => _host.GetRequiredService<IIncidents>();
    public Uri WeComUrl => new(Sandbox.BaseAddress, $"wecom/cgi-bin/webhook/send?key={SandboxCredentials.WeComRobotKey}");
    public Uri DingTalkUrl => new(Sandbox.BaseAddress, $"dingtalk/robot/send?access_token={SandboxCredentials.DingTalkToken}");

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        Sandbox = await SandboxWorld.StartAsync(new() { DataDirectory = _folder, Products = [new("MUG", "马克杯", "白", 3900, "6900000000017")] }, Clock, NullLoggerFactory.Instance, default);
        _host = StartHost();
        await InScopeAsync<ICatalogImport, bool>(async catalog =>
        {
            await catalog.UpsertShopsAsync([new("tb-demo", "淘宝测试店", ShopKind.Taobao, LockPolicy.OnPayment, 24, 0), new("jd-demo", "京东测试店", ShopKind.Jd, LockPolicy.OnPayment, 24, 0)], Actor.System, default);
            return true;
        });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await Sandbox.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A host on the same database with the same keys; it sends only when a test says so.</summary>
    public ServiceProvider StartHost() => new ServiceCollection()
        .AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(new Remembering(Log)))
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["OrderHub:PublicUrl"] = PublicUrl }).Build())
        .AddHubDatabase(_database.ConnectionString)
        .AddModules()
        .AddSingleton<IDataProtectionProvider>(_keys).AddSingleton<TimeProvider>(Clock)
        .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = _host.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>What the worker does all the time, once.</summary>
    public Task<int> SendAsync(IServiceProvider? host = null) => (host ?? _host).GetRequiredService<SendNotifications>().DrainAsync(default);

    public async Task<long> AddTargetAsync(TargetDraft draft)
    {
        var saved = await InScopeAsync<ManageTargets, Platform.Results.Result<long>>(targets => targets.SaveAsync(draft, Actor.System, default));
        saved.Error.ShouldBeNull();
        return saved.Value;
    }

    public Task<long> AddGroupAsync(string name = Group) => AddTargetAsync(new(null, name, TargetKind.WeCom, WeComUrl.ToString()));

    public async Task AddMailServerAsync(string password = SandboxCredentials.MailPassword) =>
        (await InScopeAsync<ManageSmtp, Platform.Results.Result>(smtp => smtp.SaveAsync(
            new("127.0.0.1", Sandbox.SmtpPort, "None", SandboxCredentials.MailUser, password, "hub@spruce.example", "订单中枢"), Actor.System, default))).Error.ShouldBeNull();

    public Task OpenAsync(string subject, string title = "淘宝测试店：订单拉取失败", bool isCritical = false, string? evidence = null, params long[] owners) => Database.RunAsync(tx => Incidents.OpenAsync(tx,
        new("test.pull", subject), new(new(title), [new("错误", new("http.503: 平台暂时无法服务"))], "/channels/tb-demo", owners, isCritical, evidence), default), default);

    public Task CloseAsync(string subject) => Database.RunAsync(tx => Incidents.CloseAsync(tx, new("test.pull", subject), default), default);

    public Task PatrolAsync() => InScopeAsync<PatrolShopsJob, bool>(async patrol =>
    {
        (await patrol.RunAsync(default)).Refused.ShouldBe(0);
        return true;
    });

    /// <summary>Connects the demo Taobao shop to this address.</summary>
    public Task ConnectAsync(string baseUrl, DateTimeOffset? tokenExpiresAt = null) => InScopeAsync<IChannelSetup, bool>(async setup =>
    {
        var shop = SandboxCredentials.Taobao;
        await setup.ConnectAsync(new(shop.ShopCode, baseUrl, shop.AppKey, shop.AppSecret, shop.AccessToken!, tokenExpiresAt, TimeSpan.FromSeconds(5)), Actor.System, default);
        return true;
    });

    public async Task<int> ShopIdAsync(string code) => (await _host.GetRequiredService<ICatalog>().CurrentAsync(default)).ShopByCode(code)!.Id;

    public IReadOnlyList<Sandbox.Robots.ReceivedMessage> WeCom => Sandbox.Messages.Of("wecom");

    private sealed class Remembering(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel level) => true;
        public void Dispose() { }

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception) + exception);
        }
    }
}

/// <summary>Real time, moved ahead by the test; waits inside the hub are shortened so that back-offs don't make the test slow.</summary>
public sealed class MovedClock : TimeProvider
{
    private const int Faster = 50;
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Faster : dueTime, period);
}
