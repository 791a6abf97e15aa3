using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrderHub.Allocation;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog;
using OrderHub.Catalog.Contracts;
using OrderHub.EmbeddedPostgres;
using OrderHub.Inventory;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders;
using OrderHub.Platform;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.Benchmarks;

/// <summary>The order core on a durable PostgreSQL of its own (synchronous_commit on): 2,000 SKUs × 4 warehouses.</summary>
internal sealed class BenchmarkHub : IAsyncDisposable
{
    public const int Skus = 2_000;
    private readonly EmbeddedPostgresServer _server;
    private readonly EmbeddedPostgresOptions _options;
    private readonly ServiceProvider _services;

    private BenchmarkHub(EmbeddedPostgresServer server, EmbeddedPostgresOptions options, ServiceProvider services) => (_server, _options, _services) = (server, options, services);

    public IServiceProvider Services => _services;
    public HubDatabase Database => _services.GetRequiredService<HubDatabase>();
    public int ShopId { get; private set; }

    public static async Task<BenchmarkHub> StartAsync(CancellationToken ct)
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = Path.Combine(Path.GetTempPath(), $"orderhub-bench-{Environment.ProcessId}") };
        var server = await EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, ct);
        await server.EnsureDatabaseAsync("bench", ct);
        var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPlatform().AddHubDatabase(server.ConnectionString("bench")).AddCatalog().AddInventory().AddAllocation().AddOrders()
            .BuildServiceProvider();
        var hub = new BenchmarkHub(server, options, services);
        await hub.SeedAsync(ct);
        return hub;
    }

    private async Task SeedAsync(CancellationToken ct)
    {
        await using var scope = _services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        await provider.GetRequiredService<OrderHubDbContext>().Database.EnsureCreatedAsync(ct);
        var catalog = provider.GetRequiredService<ICatalogImport>();
        await catalog.UpsertSkusAsync([.. Enumerable.Range(1, Skus).Select(i => new SkuImport($"S{i:D5}", $"商品 {i}", "标准", "日用", "", 200, 1000, 0))], Actor.System, ct);
        await catalog.UpsertShopsAsync([new("bench", "压测店", ShopKind.Mall, LockPolicy.OnPayment, 72, 60)], Actor.System, ct);
        string[] warehouses = ["SUZ", "TJN", "SZX", "CAN"];
        await provider.GetRequiredService<INetworkSetup>().UpsertAsync(new(
            [.. warehouses.Select((code, i) => new WarehouseImport(code, code, "江苏", "苏州", "1号", "张三", "13800000000", i))], [new("YTO", "圆通")], [new("YTO", null, null, 1000, 500, 200)],
            [.. warehouses.Select((code, i) => new RuleImport(RuleKind.Region, code, [.. Provinces.All.Where((_, p) => p % 4 == i)], [code, .. warehouses.Where(w => w != code)], i))]), Actor.System, ct);
        var snapshot = await provider.GetRequiredService<ICatalog>().CurrentAsync(ct);
        var network = await provider.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(ct);
        ShopId = snapshot.ShopByCode("bench")!.Id;
        await provider.GetRequiredService<IStockReceipts>().ReceiveAsync("OPENING", [.. snapshot.Skus.SelectMany(s => network.Warehouses.Select(w => new ReceiptLine(s.Id, w.Id, 1_000_000)))], Actor.System, ct);
        await Database.RunAsync(tx => tx.ExecuteAsync("analyze", ct), ct);
    }

    public async Task<long> BytesPerOrderAsync() => (await Database.QueryAsync("""
        select (sum(pg_total_relation_size(c.oid)) / greatest((select count(*) from orders_orders), 1))::bigint
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'orderhub' and c.relkind = 'r' and c.relname in ('orders_orders', 'orders_lines', 'orders_timeline', 'inventory_reservations', 'allocation_decisions')
        """, r => r.GetInt64(0), default))[0];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        await EmbeddedPostgresServer.DeleteAsync(_options, NullLogger.Instance, CancellationToken.None);
    }
}
