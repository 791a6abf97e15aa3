using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Webhooks;
using OrderHub.Channels;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Publishing;
using OrderHub.Channels.Pulling;
using OrderHub.Host;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.Warehousing;

namespace OrderHub.PostgresTests.Channels;

/// <summary>The hub from the channels down, served over HTTP, with two shops on platforms of the test's making. Jobs run only when a test runs them.</summary>
public sealed class ChannelWorld : IAsyncLifetime
{
    public const string Pulled = "tb-test", Mall = "mini-test", AppKey = "app-1", AppSecret = "whsec_test";
    private readonly TestDatabase _database = new();
    private WebApplication _app = default!;

    internal FakePlatform Taobao { get; } = new(ShopKind.Taobao);
    internal FakePlatform MallPlatform { get; } = new(ShopKind.Mall);
    public IServiceProvider Services => _app.Services;
    public HttpClient Http { get; } = new();
    public HubDatabase Database => Services.GetRequiredService<HubDatabase>();
    public int PulledShopId { get; private set; }
    public int MallShopId { get; private set; }

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHubDatabase(_database.ConnectionString).AddModules().AddPlayedCourier();
        builder.Services.RemoveAll<IPlatformAdapter>().AddSingleton<IPlatformAdapter>(Taobao).AddSingleton<IPlatformAdapter>(MallPlatform)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        foreach (var worker in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is not null).ToList()) builder.Services.Remove(worker);
        builder.Services.AddAuthorization();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapChannels();
        await SetUpAsync();
        await _app.StartAsync();
        await _app.Services.GetRequiredService<PushLine>().StartAsync(default);
        Http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Runs one handler in a scope of its own, as a job or a page would.</summary>
    public async Task<T> InScopeAsync<THandler, T>(Func<THandler, Task<T>> action) where THandler : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await action(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    /// <summary>Delivers the outbox until it is empty, as the host does all the time.</summary>
    public Task DrainOutboxAsync() => Services.GetRequiredService<OutboxDispatcher>().DrainAsync(default);

    public Task<long> CountAsync(string sql, params object?[] values) => OneAsync(sql, r => r.GetInt64(0), values);

    public async Task<T> OneAsync<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> project, params object?[] values) => (await Database.QueryAsync(sql, project, default, values)).Single();

    internal Task<PullOutcome> PullAsync(CancellationToken ct = default) => InScopeAsync<PullShopHandler, PullOutcome>(h => h.HandleAsync(new(PulledShopId, PullStream.Orders), ct));

    internal Task<DateTimeOffset> CursorAsync() =>
        OneAsync("select position from channels_cursors where shop_id = $1 and stream = 1", r => r.GetFieldValue<DateTimeOffset>(0), PulledShopId);

    /// <summary>A SKU with stock, unique to the calling test.</summary>
    public async Task<Sku> StockedSkuAsync(string code, int quantity)
    {
        await InScopeAsync<ICatalogImport, bool>(async c =>
        {
            await c.UpsertSkusAsync([new(code, "测试 " + code, "", "茶具", "", 500, 300, 0)], Actor.System, default);
            return true;
        });
        var sku = await EventuallyAsync(async () => (await Services.GetRequiredService<ICatalog>().CurrentAsync(default)).SkuByCode(code));
        var warehouse = (await Services.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(default)).Warehouses[0];
        await InScopeAsync<IStockReceipts, bool>(r => r.ReceiveAsync("IN-" + code, [new(sku.Id, warehouse.Id, quantity)], Actor.System, default));
        return sku;
    }

    /// <summary>The shop sells the SKU.</summary>
    public async Task ListAsync(string shopCode, string skuCode)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IChannelSetup>().ListAsync(shopCode, [new(skuCode, "p-" + skuCode, "s-" + skuCode)], Actor.System, default);
    }

    /// <summary>As if the stock of these had moved just now.</summary>
    public async Task TellStockAsync(params int[] skuIds)
    {
        await using var scope = Services.CreateAsyncScope();
        var consumer = scope.ServiceProvider.GetRequiredService<StockDeliveries>();
        await Database.RunAsync(tx => consumer.ConsumeAsync(tx, [new StockChanged(skuIds)], default), default);
    }

    /// <summary>One round of a shop's deliveries, as if every back-off had passed.</summary>
    public async Task SendAllAsync(int shopId)
    {
        await Database.RunAsync(tx => tx.ExecuteAsync("update channels_deliveries set due_at = now() - interval '1 second' where state = 1 and due_at > now() - interval '1 second'", default), default);
        await Services.GetRequiredService<DeliverToPlatforms>().SendDueAsync(shopId, default);
    }

    internal async Task<Result> SetRuleAsync(int? shopId, string? skuCode, PublishTerms? terms) =>
        new((await InScopeAsync<ChangePublishRulesHandler, Result<PublishTermsBefore>>(h => h.HandleAsync(new(shopId, skuCode, terms), default))).Error);

    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> look) where T : class
    {
        for (var i = 0; i < 50; i++)
        {
            if (await look() is { } found) return found;
            await Task.Delay(100);
        }
        throw new TimeoutException("It did not happen within five seconds.");
    }

    private async Task SetUpAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        await provider.GetRequiredService<INetworkSetup>().SeedAsync(new([new("SUZ", "苏州仓", "江苏", "苏州", "x", "李", "1", 1)], [new("YTO", "圆通")], [new("YTO", null, null, 1000, 300, 100)], []), Actor.System, default);
        await provider.GetRequiredService<ICatalogImport>().UpsertShopsAsync([new(Pulled, "淘宝测试店", ShopKind.Taobao, LockPolicy.OnPayment, 24, 0), new(Mall, "小程序测试店", ShopKind.Mall, LockPolicy.OnPayment, 24, 0)], Actor.System, default);
        var setup = provider.GetRequiredService<IChannelSetup>();
        foreach (var shop in new[] { Pulled, Mall })
            await setup.ConnectAsync(new(shop, "http://platform.test", AppKey, AppSecret, "token", null, TimeSpan.FromSeconds(5)), Actor.System, default);
        var catalog = await provider.GetRequiredService<ICatalog>().CurrentAsync(default);
        (PulledShopId, MallShopId) = (catalog.ShopByCode(Pulled)!.Id, catalog.ShopByCode(Mall)!.Id);
    }
}
