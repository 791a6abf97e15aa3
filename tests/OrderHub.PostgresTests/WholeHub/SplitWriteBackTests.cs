using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Host.Startup;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Splitting;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.Warehousing;
using OrderHub.Sandbox;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Labels;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>An order of two goods sent in two parcels, from the platform's list to the platform's shipping page, over HTTP all the way.</summary>
public sealed class SplitWriteBackTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Each_platform_is_told_of_both_parcels_when_the_second_has_left()
    {
        var folder = Directory.CreateTempSubdirectory("orderhub-parcels-");
        try
        {
            await using var hub = await HubApplication.CreateAsync(
            [
                $"--ConnectionStrings:OrderHub={database.ConnectionString}", $"--OrderHub:DataDirectory={folder.FullName}", "--OrderHub:Demo=true", "--urls=http://127.0.0.1:0",
                "--Sandbox:Port=0", "--Sandbox:StaffPace=0", "--Sandbox:OrdersPerMinute=0", "--Serilog:MinimumLevel:Default=Fatal",
            ], verb: false, CancellationToken.None);
            await hub.StartAsync(CancellationToken.None);
            var sandbox = hub.Demo!.Sandbox;
            var catalog = await hub.Services.GetRequiredService<ICatalog>().CurrentAsync(default);

            // Kuaishou takes one waybill, and an order there is one product
            foreach (var shop in SandboxCredentials.Shops.Where(s => s.Platform != SandboxPlatform.Kuaishou).DistinctBy(s => s.Platform))
            {
                var no = sandbox.PublishOrder(shop.Platform, new() { Lines = TwoKinds(sandbox.Listings(shop.Platform), catalog) });
                var order = await ArrivedAsync(hub, catalog.ShopByCode(shop.ShopCode)!.Id, no);
                await SplitAsync(hub, order.Id);
                await EventuallyAsync($"{no} is two tasks", async () => await WarehouseAsync(hub, new(order.Id, 2)));
                var first = await SendAsync(hub, new(order.Id, 1));
                sandbox.FindOrder(shop.Platform, no)!.Shipments.ShouldBeEmpty($"{shop.Platform}: the other parcel is still here");
                var second = await SendAsync(hub, new(order.Id, 2));

                var told = await EventuallyAsync($"{shop.Platform} {no} is shipped there in two parcels", () => Task.FromResult(sandbox.FindOrder(shop.Platform, no) is { State: SandboxOrderState.Shipped, Shipments.Count: > 1 } shipped ? shipped : null)); // it enters one after the other, even those of one call
                string[] waybills = [.. told.Shipments.Select(s => s.WaybillNo)], lines = [.. told.Shipments.Select(s => string.Join(',', s.LineNos))];
                waybills.ShouldBe([first.WaybillNo, second.WaybillNo], shop.Platform.ToString());
                lines.ShouldBe(shop.Platform is SandboxPlatform.Jd or SandboxPlatform.Pinduoduo ? ["1,2", ""] : await LinesOfAsync(hub, order.Id), $"{shop.Platform}: two of them take a second waybill, but no lines with it");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One piece each of two goods no rule puts into one box by category.</summary>
    private static OrderSpecLine[] TwoKinds(IReadOnlyList<SandboxListing> listings, CatalogSnapshot catalog) =>
        [.. listings.Select(l => catalog.SkuByCode(l.SkuCode)).OfType<Sku>().Where(s => s.Parts.Count == 0).DistinctBy(s => s.Category).Take(2).Select(s => new OrderSpecLine(s.Code, 1))];

    private static Task<Found> ArrivedAsync(HubApplication hub, int shop, string no) => EventuallyAsync($"{no} is allocated", async () =>
        (await hub.Services.GetRequiredService<HubDatabase>().QueryAsync("select id from orders_orders where shop_id = $1 and platform_order_no = $2 and state = $3", r => new Found(r.GetInt64(0)), default, shop, no, (short)OrderState.Allocated)).SingleOrDefault());

    private static async Task SplitAsync(HubApplication hub, long order)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Floor.Li;
        (await scope.ServiceProvider.GetRequiredService<SplitOrder>().TakeAsync(order, SplitKind.Category, "买家要求分开寄", default)).Error.ShouldBeNull();
    }

    /// <summary>Packs one part, hands it over, and the courier picks it up.</summary>
    private static async Task<PackedParcel> SendAsync(HubApplication hub, TaskKey task)
    {
        var warehouse = (int)(await WarehouseAsync(hub, task))!.Id;
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Floor.Li;
        var station = scope.ServiceProvider.GetRequiredService<IPackingStation>();
        foreach (var line in (await station.ClaimAsync(new(warehouse, task), default)).Value.Lines) (await station.ScanAsync(new(task, Guid.NewGuid(), line.Barcode), default)).Error.ShouldBeNull();
        var packed = await station.PackAsync(task, default);
        packed.Error.ShouldBeNull();
        (await station.HandOverAsync(new(warehouse, WaybillNo: packed.Value.WaybillNo), default)).Value.HandedOver.ShouldBe(1);
        await scope.ServiceProvider.GetRequiredService<TakeCourierNewsHandler>().HandleAsync(new("1", packed.Value.WaybillNo, CourierNames.OfKuaidi100(packed.Value.CourierCode), null, null, null), default);
        return packed.Value;
    }

    private static async Task<Found?> WarehouseAsync(HubApplication hub, TaskKey task) => (await hub.Services.GetRequiredService<HubDatabase>()
        .QueryAsync("select warehouse_id from warehousing_pick_tasks where order_id = $1 and part = $2", r => new Found(r.GetInt32(0)), default, task.OrderId, task.Part)).SingleOrDefault();

    private static async Task<string[]> LinesOfAsync(HubApplication hub, long order)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return [.. (await scope.ServiceProvider.GetRequiredService<IParcelReader>().OfOrderAsync(order, default)).Select(p => string.Join(',', p.Lines.Select(l => l.LineNo)))];
    }

    private sealed record Found(long Id);

    private static async Task<T> EventuallyAsync<T>(string what, Func<Task<T?>> look) where T : class
    {
        for (var until = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < until; await Task.Delay(200))
            if (await look() is { } found) return found;
        throw new TimeoutException($"It did not happen within {Patience.TotalMinutes} minutes that {what}.");
    }
}
