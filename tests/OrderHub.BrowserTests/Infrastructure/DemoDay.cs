using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Host.Demo;
using OrderHub.Host.Startup;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Sandbox;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.BrowserTests.Infrastructure;

/// <summary>What buyers and colleagues do beside the person in the browser.</summary>
internal sealed class DemoDay(HubApplication hub)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>By the demo's region rules 苏州 is served from the warehouse 苏州, the one where no simulated staff works.</summary>
    private static readonly SandboxReceiver InSuzhou = new("李雯", "13912345678", "江苏省", "苏州市", "工业园区", "星湖街道", "星湖街 218 号 3 幢 501");

    private int _goods;

    public SandboxWorld Sandbox => hub.Demo!.Sandbox;

    /// <summary>Well stocked household goods, another one each time.</summary>
    public DemoSku SomeGoods()
    {
        var stocked = DemoRange.Skus().Where(s => s.Category == "家居" && DemoGoods.Spread(s.Code, 40) != 0).ToList();
        return stocked[_goods++ % stocked.Count];
    }

    /// <returns>The platform's order number.</returns>
    public string Buy(DemoSku goods, int pieces = 1, SandboxPlatform platform = SandboxPlatform.Taobao) =>
        Sandbox.PublishOrder(platform, new() { Lines = [new(goods.Code, pieces)], Receiver = InSuzhou, BuyerNote = "请用纸箱包装" });

    /// <summary>Waits until the hub has given the Taobao order to a warehouse.</summary>
    public Task<OrderView> AllocatedAsync(string platformNo) => OnceAsync($"order {platformNo} is allocated", async services =>
    {
        var shop = (await services.GetRequiredService<ICatalog>().CurrentAsync(CancellationToken.None)).ShopByCode("tb-demo")!;
        var order = await services.GetRequiredService<IOrderReader>().FindAsync(shop.Id, platformNo, CancellationToken.None);
        return order is { State: OrderState.Allocated } ? order : null;
    });

    /// <summary>Waits until the courier has taken it.</summary>
    public Task<OrderView> ShippedAsync(long orderId) => OnceAsync($"order {orderId} is shipped", async services =>
        await services.GetRequiredService<IOrderReader>().FindAsync(orderId, CancellationToken.None) is { State: OrderState.Shipped } order ? order : null);

    /// <summary>A colleague in 苏州 packs the order and gives it to the courier.</summary>
    /// <returns>The waybill number.</returns>
    public async Task<string> PackAndHandOverAsync(OrderView order, DemoSku goods)
    {
        var warehouse = order.WarehouseId!.Value;
        await OnceAsync("the task can be taken", async services =>
            (await As(services, warehouse).ClaimAsync(new(warehouse, order.Id), CancellationToken.None)).IsOk ? order : null);
        await using var scope = hub.Services.CreateAsyncScope();
        var station = As(scope.ServiceProvider, warehouse);
        foreach (var _ in Enumerable.Range(0, order.Lines.Sum(l => l.Quantity)))
            (await station.ScanAsync(new(order.Id, Guid.NewGuid(), goods.Barcode), CancellationToken.None)).Error.ShouldBeNull();
        var packed = await station.PackAsync(order.Id, CancellationToken.None);
        packed.Error.ShouldBeNull();
        (await station.HandOverAsync(new(warehouse, WaybillNo: packed.Value.WaybillNo), CancellationToken.None)).Value.HandedOver.ShouldBe(1);
        return packed.Value.WaybillNo;
    }

    private static IPackingStation As(IServiceProvider services, int warehouse)
    {
        var current = services.GetRequiredService<CurrentActor>();
        (current.Actor, current.WarehouseId) = (new Actor("苏州小吴"), warehouse);
        return services.GetRequiredService<IPackingStation>();
    }

    private async Task<T> OnceAsync<T>(string what, Func<IServiceProvider, Task<T?>> ask) where T : class
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (TimeProvider.System.GetUtcNow() < deadline)
        {
            await using var scope = hub.Services.CreateAsyncScope();
            if (await ask(scope.ServiceProvider) is { } found) return found;
            await Task.Delay(Pause);
        }
        throw new TimeoutException($"Waited {Patience.TotalSeconds} s in vain until {what}.");
    }
}
