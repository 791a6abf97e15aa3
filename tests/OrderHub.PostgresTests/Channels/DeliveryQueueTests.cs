using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Accounts;
using OrderHub.Inventory.Contracts;
using OrderHub.Allocation.Contracts;

namespace OrderHub.PostgresTests.Channels;

public sealed class DeliveryQueueTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task What_is_nearly_sold_out_is_told_before_what_there_is_plenty_of()
    {
        var plenty = await ListedAsync("Q-PLENTY", 500);
        var few = await ListedAsync("Q-FEW", 4);
        var none = await ListedAsync("Q-NONE", 1);
        await world.SendAllAsync(world.PulledShopId);
        var before = world.Taobao.StockCalls.Count;
        foreach (var sku in new[] { plenty, few, none }) await TakeAsync(sku, 1);
        world.Taobao.Abilities = world.Taobao.Abilities with { DeliveriesAtOnce = 1 };

        await world.TellStockAsync(plenty.Id);
        await world.TellStockAsync(few.Id);
        await world.TellStockAsync(none.Id);
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.StockCalls.Skip(before).Select(c => (c.Listing.MerchantCode, c.Quantity)).ShouldBe([("Q-NONE", 0), ("Q-FEW", 3), ("Q-PLENTY", 499)]);
    }

    [Fact]
    public async Task Urgent_stock_overtakes_a_backlog_and_a_shipment_overtakes_both()
    {
        var (rich, poor) = (await ListedAsync("Q-RICH", 500), await ListedAsync("Q-POOR", 2));
        await world.TellStockAsync(rich.Id);
        await world.TellStockAsync(poor.Id);
        await world.Database.RunAsync(tx => world.Services.GetRequiredService<DeliveryQueue>().OweOnceAsync(tx, DeliveryKind.Shipment, [new(world.PulledShopId, 4711, "T-URGENT")], default), default);

        var claimed = await world.Services.GetRequiredService<DueDeliveries>().ClaimAsync(world.PulledShopId, 3, default);
        claimed.Select(c => c.Subject).ShouldBe(["T-URGENT", "Q-POOR", "Q-RICH"]);
        await world.Database.RunAsync(tx => tx.ExecuteAsync("delete from channels_deliveries where subject = 'T-URGENT'", default), default);
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_deliveries set claimed_until = null", default), default);
    }

    [Fact]
    public async Task News_that_arrives_while_a_quantity_is_on_its_way_is_sent_after_it()
    {
        var sku = await ListedAsync("Q-NEWS", 50);
        world.Taobao.Stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = world.SendAllAsync(world.PulledShopId);
        await Task.Delay(300);
        await TakeAsync(sku, 8);
        await world.TellStockAsync(sku.Id);
        world.Taobao.Stalled.SetResult();
        world.Taobao.Stalled = null;
        await first;
        await world.SendAllAsync(world.PulledShopId);

        world.Taobao.StockCalls.Where(c => c.Listing.MerchantCode == sku.Code).Select(c => c.Quantity).ShouldBe([50, 42]);
        (await world.CountAsync("select published_quantity::bigint from channels_listings where merchant_code = 'Q-NEWS'")).ShouldBe(42);
    }

    [Fact]
    public async Task One_refused_listing_of_a_batch_does_not_stop_the_others()
    {
        await ListedAsync("Q-B1", 5);
        await ListedAsync("Q-B2", 6);
        await ListedAsync("Q-B3", 7);
        world.Taobao.Troubles.Enqueue(new PlatformException("isv.item-not-exist", "no such item", isTransient: false));
        await world.SendAllAsync(world.PulledShopId);

        (await world.CountAsync("select count(*) from channels_deliveries where subject like 'Q-B_' and state = 3")).ShouldBe(1);
        (await world.CountAsync("select count(*) from channels_deliveries where subject like 'Q-B_' and state = 2")).ShouldBe(2);
    }

    [Fact]
    public async Task A_sick_shop_never_holds_up_another()
    {
        var worker = world.Services.GetRequiredService<DeliverToPlatforms>();
        await worker.StartAsync(default);
        try
        {
            world.Taobao.Stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            for (var i = 0; i < 8; i++) await ListedAsync($"Q-SICK-{i}", 10 + i);
            for (var i = 0; i < 8; i++) await world.ListAsync(ChannelWorld.Mall, $"Q-SICK-{i}");
            var began = TimeProvider.System.GetTimestamp();
            await ChannelWorld.EventuallyAsync(async () => await world.CountAsync("select count(*) from channels_deliveries where shop_id = $1 and subject like 'Q-SICK-%' and state = 2", world.MallShopId) == 8 ? "" : null);

            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
            world.Taobao.StockCalls.ShouldNotContain(c => c.Listing.MerchantCode.StartsWith("Q-SICK"), "the sick one did not answer yet");
            world.Taobao.Stalled.SetResult();
            await ChannelWorld.EventuallyAsync(async () => await world.CountAsync("select count(*) from channels_deliveries where subject like 'Q-SICK-%' and state = 2") == 16 ? "" : null);
        }
        finally
        {
            world.Taobao.Stalled = null;
            await worker.StopAsync(default);
        }
    }

    [Fact]
    public async Task The_sender_is_woken_by_the_commit_and_never_by_a_rollback()
    {
        var sku = await ListedAsync("Q-WAKE", 9);
        var signal = world.Services.GetRequiredService<DeliverySignal>();
        await signal.WaitAsync(TimeSpan.Zero, default); // listing it woke the sender
        await using (var scope = world.Services.CreateAsyncScope())
        await using (var tx = await world.Database.BeginAsync(default))
        {
            await scope.ServiceProvider.GetRequiredService<StockDeliveries>().ConsumeAsync(tx, [new StockChanged([sku.Id])], default);
            await tx.RollbackAsync();
        }
        (await WokenAsync(signal)).ShouldBeFalse();
        await world.TellStockAsync(sku.Id);
        (await WokenAsync(signal)).ShouldBeTrue();
    }

    /// <summary>Waiting returns early only when woken.</summary>
    private static async Task<bool> WokenAsync(DeliverySignal signal)
    {
        var began = TimeProvider.System.GetTimestamp();
        await signal.WaitAsync(TimeSpan.FromMilliseconds(400), default);
        return TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMilliseconds(200);
    }

    private async Task<Sku> ListedAsync(string code, int stock)
    {
        var sku = await world.StockedSkuAsync(code, stock);
        await world.ListAsync(ChannelWorld.Pulled, code);
        return sku;
    }

    private Task TakeAsync(Sku sku, int pieces) => world.InScopeAsync<IStockAdjustments, bool>(async adjustments =>
    {
        var warehouse = (await world.Services.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(default)).Warehouses[0].Id;
        return (await adjustments.AdjustAsync(new(Guid.NewGuid().ToString("N"), sku.Id, warehouse, -pieces, "盘亏"), Actor.System, default)).IsOk;
    });
}
