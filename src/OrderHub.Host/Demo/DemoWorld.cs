using OrderHub.Host.Startup;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <summary>All that exists only in demo mode: the played outside world, the demo company's master data and its people.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly SandboxWorld _sandbox;
    private readonly IReadOnlyList<DemoAccount> _accounts;

    private DemoWorld(SandboxWorld sandbox, IReadOnlyList<DemoAccount> accounts) => (_sandbox, _accounts) = (sandbox, accounts);

    public SandboxWorld Sandbox => _sandbox;

    /// <summary>Brings the outside world up, then the hub's data in line with it. Starting again changes nothing.</summary>
    public static async Task<DemoWorld> StartAsync(HubSettings settings, IServiceProvider services, CancellationToken ct)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var options = services.GetRequiredService<DemoOptions>();
        var goods = DemoGoods.For(options);
        var sandbox = await DemoSandbox.StartAsync(settings, options, goods, services, ct);
        try
        {
            DemoSandbox.PointHubAt(sandbox, configuration);
            await using var scope = services.CreateAsyncScope();
            var provider = scope.ServiceProvider;
            var warehouses = await DemoMasterData.SeedAsync(provider, goods, ct);
            await DemoChannels.SeedAsync(provider, sandbox, ct);
            await DemoNotifications.SeedAsync(provider, sandbox, ct);
            return new(sandbox, await DemoAccounts.SeedAsync(provider, settings, warehouses, ct));
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public void PointAtHub(Uri hub) => _sandbox.PointAtHub(hub);

    public IEnumerable<string> Greeting() =>
    [
        $"  沙盒 sandbox  {_sandbox.BaseAddress}",
        $"  收到的通知 messages  {_sandbox.BaseAddress}messages",
        "",
        "  演示账号 demo accounts",
        .. _accounts.Select(a => $"    {a.Name,-10} {a.Password,-16} {a.Role,-16} {a.DisplayName}"),
        "",
    ];

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();
}

internal static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder app, DemoWorld demo) =>
        app.MapGet("/api/v1/sandbox", () => TypedResults.Ok(demo.Sandbox.Describe())).AllowAnonymous()
            .WithTags("sandbox").WithSummary("Demo mode only: every simulator's address, paths and app credentials.");
}
