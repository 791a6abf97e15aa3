using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.EmbeddedPostgres;
using OrderHub.Host.Startup;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;
using OrderHub.Sandbox;

namespace OrderHub.Benchmarks.Pace;

/// <summary>2,000 SKUs in four warehouses, sixteen mall shops that push, a durable PostgreSQL, and the host as a process of its own.</summary>
internal sealed class PaceWorld : IAsyncDisposable
{
    public const int Skus = 2_000, Shops = 16, FlashPieces = 10_000;
    public const string FlashSku = "FLASH", Secret = "pace-secret";
    private const int Plenty = 100_000_000;
    private static readonly string[] Warehouses = ["SUZ", "TJN", "SZX", "CAN"];

    private readonly EmbeddedPostgresServer _server;
    private readonly EmbeddedPostgresOptions _options;
    private readonly bool _serverIsAnothers;
    private readonly HubApplication _reader;
    private readonly SandboxWorld _couriers;

    private PaceWorld(EmbeddedPostgresServer server, EmbeddedPostgresOptions options, bool serverIsAnothers, HubApplication reader, SandboxWorld couriers) =>
        (_server, _options, _serverIsAnothers, _reader, _couriers) = (server, options, serverIsAnothers, reader, couriers);

    public HostProcess Host { get; private set; } = null!;
    public string ApiKey { get; private set; } = "";
    public IServiceProvider Services => _reader.Services;

    /// <summary>The most the host ever had in memory, MiB.</summary>
    public double PeakMebibytes => Host.PeakMebibytes;
    public HubDatabase Database => _reader.Services.GetRequiredService<HubDatabase>();
    public int Port => _server.Port;
    public string User { get; private init; } = "";
    public string Password { get; private init; } = "";

    public static string ShopCode(int number) => string.Create(CultureInfo.InvariantCulture, $"pace-{number:D2}");

    public static async Task<PaceWorld> StartAsync(CancellationToken ct)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"orderhub-pace-{Environment.ProcessId}")),
            Settings = new Dictionary<string, string> { ["shared_preload_libraries"] = "pg_stat_statements" },
        };
        return await StartAsync(await EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, ct), options, serverIsAnothers: false, "pace", ct);
    }

    /// <summary>The same without any orders, with a host of its own, in another database of this one's server.</summary>
    public Task<PaceWorld> BesideAsync(string database, CancellationToken ct) => StartAsync(_server, _options, serverIsAnothers: true, database, ct);

    private static async Task<PaceWorld> StartAsync(EmbeddedPostgresServer server, EmbeddedPostgresOptions options, bool serverIsAnothers, string database, CancellationToken ct)
    {
        await server.EnsureDatabaseAsync(database, ct);
        var connection = server.ConnectionString(database);
        var couriers = await SandboxWorld.StartAsync(new() { DataDirectory = Path.Combine(options.DataDirectory, database + "-couriers"), Products = [] }, TimeProvider.System, NullLoggerFactory.Instance, ct);
        var reader = await HubApplication.CreateAsync(
        [
            $"--ConnectionStrings:OrderHub={connection}", "--OrderHub:Demo=false", "--Serilog:MinimumLevel:Default=Error", $"--OrderHub:Waybills:BaseUrl={new Uri(couriers.BaseAddress, "kuaidi100-label")}",
            $"--OrderHub:Waybills:Key={SandboxCredentials.Kuaidi100Key}", $"--OrderHub:Waybills:Secret={SandboxCredentials.Kuaidi100LabelSecret}",
        ], verb: true, ct);
        var world = new PaceWorld(server, options, serverIsAnothers, reader, couriers) { User = RunAs(connection).Username!, Password = RunAs(connection).Password! };
        await reader.MigrateAsync(ct);
        await world.SeedAsync(ct);
        world.Host = await HostProcess.StartAsync(connection, Path.Combine(world.Folder, database + "-host"), ct);
        return world;
    }

    /// <summary>On the disk PostgreSQL writes to.</summary>
    public string Folder => _options.DataDirectory;

    private static Npgsql.NpgsqlConnectionStringBuilder RunAs(string connection) => new(connection);

    private async Task SeedAsync(CancellationToken ct)
    {
        await using var scope = _reader.Services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        await provider.GetRequiredService<UserAccounts>().EnsureRolesAsync(ct);
        var catalog = provider.GetRequiredService<ICatalogImport>();
        await catalog.UpsertSkusAsync([.. Enumerable.Range(1, Skus).Select(i => new SkuImport(Sku(i), $"商品 {i}", "标准", "日用", "", 200, 1000, 0)), new(FlashSku, "秒杀商品", "标准", "日用", "", 200, 1000, 0)], Actor.System, ct);
        await catalog.UpsertShopsAsync([.. Enumerable.Range(1, Shops).Select(i => new ShopImport(ShopCode(i), $"商城 {i}", ShopKind.Mall, LockPolicy.OnPayment, 72, 60))], Actor.System, ct);
        await provider.GetRequiredService<INetworkSetup>().SeedAsync(new(
            [.. Warehouses.Select((code, i) => new WarehouseImport(code, code, "江苏", "苏州", "1号", "张三", "13800000000", i))],
            [new("YTO", "圆通"), new("SF", "顺丰")], [new("YTO", null, null, 1000, 500, 200), new("SF", null, null, 1000, 1200, 400)],
            [.. Warehouses.Select((code, i) => new RuleImport(RuleKind.Region, code, [.. Provinces.All.Where((_, p) => p % 4 == i)], [code, .. Warehouses.Where(w => w != code)], i))]), Actor.System, ct);
        var snapshot = await provider.GetRequiredService<ICatalog>().CurrentAsync(ct);
        var network = await provider.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(ct);
        var flash = snapshot.Skus.Single(s => s.Code == FlashSku).Id;
        await provider.GetRequiredService<IStockReceipts>().ReceiveAsync("OPENING",
            [.. snapshot.Skus.Where(s => s.Id != flash).SelectMany(s => network.Warehouses.Select(w => new ReceiptLine(s.Id, w.Id, Plenty))), new(flash, network.Warehouses[0].Id, FlashPieces)], Actor.System, ct);
        var channels = provider.GetRequiredService<IChannelSetup>();
        for (var i = 1; i <= Shops; i++) // nobody answers there: these shops push, and are hardly pulled
            await channels.ConnectAsync(new(ShopCode(i), "http://127.0.0.1:9", ShopCode(i), Secret, "", null, TimeSpan.FromDays(1)), Actor.System, ct);
        ApiKey = (await provider.GetRequiredService<ApiKeys>().CreateAsync("pace", Roles.Operations, ct)).Value;
        await ExecuteAsync("create extension if not exists pg_stat_statements schema public", ct);
        await ExecuteAsync("analyze", ct);
    }

    public static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"S{number:D5}");

    public Task ExecuteAsync(string sql, CancellationToken ct) => Database.RunAsync(tx => tx.ExecuteAsync(sql, ct), ct);

    public async Task<long> CountAsync(string sql, CancellationToken ct) => (await Database.QueryAsync(sql, r => r.GetInt64(0), ct))[0];

    /// <summary>Statements PostgreSQL has run for the hub, without begin and commit.</summary>
    public Task<long> StatementsAsync(CancellationToken ct) => CountAsync("""
        select coalesce(sum(calls), 0)::bigint from public.pg_stat_statements
         where dbid = (select oid from pg_database where datname = current_database()) and query !~* '^\s*(begin|commit|rollback|discard)'
        """, ct);

    /// <summary>CPU time of the server and all its processes, living and ended.</summary>
    public TimeSpan ServerCpu()
    {
        var home = Directory.EnumerateFiles(_options.DataDirectory, "postmaster.pid", SearchOption.AllDirectories).First();
        var postmaster = File.ReadLines(home).First().Trim();
        double ticks = Ticks(postmaster, own: false);
        foreach (var child in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)) ticks += Ticks(child, own: true);
        return TimeSpan.FromSeconds(ticks / 100);

        static double Ticks(string pid, bool own)
        {
            try
            {
                var text = File.ReadAllText($"/proc/{pid}/stat");
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                double At(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
                return At(11) + At(12) + (own ? 0 : At(13) + At(14));
            }
            catch (IOException) { return 0; } // it ended meanwhile; its time is now the postmaster's
        }
    }

    /// <summary>Everything the hub stores of its orders but the raw payload.</summary>
    public Task<long> StoredBytesAsync(CancellationToken ct) => CountAsync("""
        select sum(pg_total_relation_size(c.oid))::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'orderhub' and c.relkind = 'r' and c.relname in ('orders_orders', 'orders_lines', 'orders_timeline', 'inventory_reservations', 'allocation_decisions')
        """, ct);

    /// <summary>Until every consumer has taken its news.</summary>
    public async Task QuietAsync(CancellationToken ct)
    {
        for (var quiet = 0; quiet < 3; quiet++)
        {
            if (await CountAsync("select count(*) from (select 1 from platform_outbox limit 1) o", ct) > 0) quiet = -1;
            await Task.Delay(100, ct);
        }
    }

    /// <summary>Until autovacuum, which looks every 15 s, finds nothing more to do, or for ten minutes; then everything is on the disk.</summary>
    public async Task RestAsync(CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        for (var quiet = 0; quiet < 20 && waited.Elapsed < TimeSpan.FromMinutes(10); quiet++)
        {
            if (await CountAsync("select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'", ct) > 0) quiet = -1;
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
        await ExecuteAsync("checkpoint", ct);
        Console.WriteLine(PaceBenchmark.Text($"  PostgreSQL came to rest after {waited.Elapsed.TotalSeconds:F0} s"));
    }

    /// <summary>
    /// A server that has run for a while has its write-ahead log's segments at hand, a new one writes 16 MB of zeros for each, in the middle of
    /// somebody's commit. Makes as many as the first rows need, and lets a checkpoint keep them for use.
    /// </summary>
    public async Task RunInAsync(CancellationToken ct)
    {
        for (var segment = 0; segment < 160; segment++) await ExecuteAsync("select pg_logical_emit_message(false, 'pace', ''), pg_switch_wal()", ct);
        await ExecuteAsync("checkpoint", ct);
    }

    /// <summary>Every registered invariant; empty = clean.</summary>
    public async Task<IReadOnlyList<string>> BreachesAsync(CancellationToken ct)
    {
        await using var scope = _reader.Services.CreateAsyncScope();
        var breaches = new List<string>();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
            breaches.AddRange((await check.RunAsync(ct)).Examples.Select(e => $"{check.Name}: {e}"));
        return breaches;
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        await _reader.DisposeAsync();
        await _couriers.DisposeAsync();
        if (_serverIsAnothers) return;
        await _server.DisposeAsync();
        await EmbeddedPostgresServer.DeleteAsync(_options, NullLogger.Instance, CancellationToken.None);
    }
}
