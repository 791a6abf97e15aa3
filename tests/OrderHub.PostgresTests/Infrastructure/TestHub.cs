using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Splitting;
using OrderHub.Catalog.Contracts;
using OrderHub.Host;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Warehousing;

namespace OrderHub.PostgresTests.Infrastructure;

/// <summary>The hub's modules on a database of their own, with two shops, two warehouses and four SKUs, and no host around them.</summary>
public sealed class TestHub : IAsyncLifetime
{
    public const string Shirt = "SHIRT", Sock = "SOCK", Cap = "CAP", Set = "SET";
    public static IReadOnlyList<string> Skus { get; } = [Shirt, Sock, Cap, Set];
    private readonly TestDatabase _database = new();
    private ServiceProvider _services = null!;
    private string _prefix = "T";
    private int _numbers;

    public string ConnectionString => _database.ConnectionString;
    public IServiceProvider Services => _services;
    public HubDatabase Database => _services.GetRequiredService<HubDatabase>();
    public CatalogSnapshot Catalog { get; private set; } = null!;
    public FulfilmentNetwork Network { get; private set; } = null!;

    /// <summary>Takes stock when the order is placed.</summary>
    public Shop LockOnOrder => Catalog.ShopByCode("tb-test")!;

    /// <summary>Takes stock when the order is paid.</summary>
    public Shop LockOnPayment => Catalog.ShopByCode("mini-test")!;
    public int Suzhou => Network.Warehouses.First(w => w.Code == "SUZ").Id;
    public int Guangzhou => Network.Warehouses.First(w => w.Code == "CAN").Id;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _services = Build(_database.ConnectionString);
        await using var scope = _services.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<ICatalogImport>();
        await catalog.UpsertSkusAsync(
        [
            new(Shirt, "纯棉T恤", "白 L", "服饰", "6900000000017", 200, 2000, 0), new(Sock, "中筒袜", "黑", "服饰", "6900000000024", 50, 300, 0),
            new(Cap, "棒球帽", "蓝", "配饰", "6900000000031", 120, 900, 0),
            new(Set, "T恤袜子套装", "一衣两袜", "服饰", "6900000000048", 300, 2600, 0, null, new Dictionary<string, int> { [Shirt] = 1, [Sock] = 2 }),
        ], Actor.System, default);
        await catalog.UpsertShopsAsync([new("tb-test", "淘宝测试店", ShopKind.Taobao, LockPolicy.OnOrder, 72, 500), new("mini-test", "小程序测试店", ShopKind.Mall, LockPolicy.OnPayment, 72, 60)], Actor.System, default);
        await scope.ServiceProvider.GetRequiredService<INetworkSetup>().SeedAsync(new(
            [new("SUZ", "苏州仓", "江苏", "苏州", "工业园区1号", "张三", "13800000001", 1), new("CAN", "广州仓", "广东", "广州", "白云区2号", "李四", "13800000002", 2)],
            [new("YTO", "圆通速递"), new("SF", "顺丰速运")],
            [new("YTO", null, null, 1000, 500, 200), new("SF", null, null, 1000, 1200, 600)],
            [new(RuleKind.Region, "华南就近", ["广东", "广西", "海南"], ["CAN", "SUZ"], 1), new(RuleKind.Category, "配饰在广州", ["配饰"], ["CAN"], 2)]), Actor.System, default);
        await ReadAsync();
    }

    /// <summary>Another process's hub, made by its fixture; its database stays when this one ends.</summary>
    public static async Task<TestHub> AtAsync(string connectionString)
    {
        var hub = new TestHub { _services = Build(connectionString), _prefix = string.Create(CultureInfo.InvariantCulture, $"P{Environment.ProcessId}-") };
        await hub.ReadAsync();
        return hub;
    }

    private async Task ReadAsync()
    {
        Catalog = await _services.GetRequiredService<ICatalog>().CurrentAsync(default);
        Network = await _services.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(default);
    }

    public Sku Sku(string code) => Catalog.SkuByCode(code)!;

    /// <summary>A provider of the same modules on the same database: another host.</summary>
    /// <param name="name">Of its sessions, as the server lists them.</param>
    public ServiceProvider AnotherHost(string name = "another") => Build($"{_database.ConnectionString};Application Name={name}");

    public Task ReceiveAsync(string sku, int warehouseId, int quantity) => InScopeAsync<IStockReceipts, bool>(
        receipts => receipts.ReceiveAsync($"R{Interlocked.Increment(ref _numbers)}", [new(Sku(sku).Id, warehouseId, quantity)], Actor.System, default));

    /// <param name="fen">Orders of at least this amount may be split over warehouses; null = none.</param>
    public Task SplitFromAsync(long? fen) => InScopeAsync<ChangeSplitRulesHandler, Result>(rules => rules.ChangeAsync(new(fen), default));

    /// <summary>A well-formed paid order; change it with <c>with</c>.</summary>
    public IncomingOrder Order(Shop? shop = null, PlatformStatus status = PlatformStatus.Paid, string province = "浙江省", params (string Sku, int Quantity)[] lines)
    {
        var no = $"{_prefix}{Interlocked.Increment(ref _numbers):D8}";
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(_numbers);
        IncomingLine[] incoming = [.. (lines.Length > 0 ? lines : [(Shirt, 1)]).Select((l, i) => new IncomingLine
        {
            PlatformLineNo = $"{no}-{i + 1}", MerchantCode = l.Item1, Title = l.Item1, Quantity = l.Item2, UnitPriceFen = 9900, PayFen = 9900 * l.Item2,
        })];
        var goods = incoming.Sum(l => l.PayFen);
        return new IncomingOrder
        {
            ShopId = (shop ?? LockOnPayment).Id, PlatformOrderNo = no, Version = 1, Status = status, CreatedAt = now, PaidAt = status == PlatformStatus.Unpaid ? null : now.AddSeconds(30),
            Receiver = new IncomingReceiver("王**", "138****0000", province, "杭州市", "西湖区", "", "文三路***", "oaid-1"),
            Amounts = new IncomingAmounts(goods, 0, 0, 0, 0, goods), Lines = incoming,
        };
    }

    public async Task<IReadOnlyList<IntakeAnswer>> AcceptAsync(params IReadOnlyList<IncomingOrder> orders) => await InScopeAsync<IOrderIntake, IReadOnlyList<IntakeAnswer>>(
        intake => Database.RunAsync(tx => intake.AcceptAsync(tx, orders, Actor.Channel("test"), default), default));

    public async Task<IntakeAnswer> AcceptOneAsync(IncomingOrder order) => (await AcceptAsync(order))[0];

    public async Task<OrderView> ViewAsync(long orderId) => (await InScopeAsync<IOrderReader, OrderView?>(reader => reader.FindAsync(orderId, default)))!;

    public Task<IReadOnlyList<Reservation>> HeldByAsync(long orderId) => InScopeAsync<IStockReader, IReadOnlyList<Reservation>>(reader => reader.HeldByAsync([orderId], default));

    public async Task<StockRow> StockAsync(string sku, int warehouseId) =>
        (await InScopeAsync<IStockReader, IReadOnlyList<StockRow>>(reader => reader.RowsAsync(Sku(sku).Id, default))).FirstOrDefault(r => r.WarehouseId == warehouseId) ?? new(Sku(sku).Id, warehouseId, 0, 0, 0, 0, 0);

    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Delivers the outbox until it is empty, as the host does all the time.</summary>
    public Task DrainOutboxAsync() => _services.GetRequiredService<OutboxDispatcher>().DrainAsync(default);

    /// <summary>Every registered invariant; empty = clean.</summary>
    public async Task<IReadOnlyList<string>> BreachesAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        var breaches = new List<string>();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
            breaches.AddRange((await check.RunAsync(default)).Examples.Select(e => $"{check.Name}: {e}"));
        return breaches;
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static ServiceProvider Build(string connectionString) => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddHubDatabase(connectionString)
        .AddModules().AddPlayedCourier()
        .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

    [ModuleInitializer]
    internal static void Prepare()
    {
        // As in the host: Chinese unless a person chose otherwise, whatever language the machine speaks.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("zh-CN");
        TestPostgres.Migrate = async connectionString =>
        {
            await using var services = Build(connectionString);
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OrderHubDbContext>().Database.MigrateAsync();
        };
    }
}
