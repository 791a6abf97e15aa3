using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.PostgresTests.Channels;

public sealed class DeliveryTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task A_burst_of_stock_changes_is_one_call_with_the_quantity_at_that_moment()
    {
        var sku = await ListedSkuAsync("STK-1", 40);
        for (var i = 0; i < 5; i++) await TellAsync(sku);
        await SendAsync();

        Calls(sku).ShouldBe([40]);
    }

    [Fact]
    public async Task An_unchanged_quantity_is_not_sent_again()
    {
        var sku = await ListedSkuAsync("STK-2", 30);
        await SendAsync();
        await TellAsync(sku);
        await SendAsync();

        Calls(sku).ShouldBe([30]);
    }

    [Fact]
    public async Task A_kit_shows_as_many_as_its_scarcest_part_allows()
    {
        var part = await world.StockedSkuAsync("PART-1", 7);
        await world.InScopeAsync<ICatalogImport, bool>(async c =>
        {
            await c.UpsertSkusAsync([new("KIT-1", "套装", "", "茶具", "", 1, 1, 0, Parts: new Dictionary<string, int> { ["PART-1"] = 2 })], Actor.System, default);
            return true;
        });
        await ListAsync("KIT-1");
        await TellAsync(part);
        await SendAsync();

        world.Taobao.StockCalls.Where(c => c.Listing.MerchantCode == "KIT-1").Select(c => c.Quantity).ShouldBe([3]);
    }

    [Fact]
    public async Task A_refusal_is_shown_and_sent_again_only_when_people_say_so()
    {
        var sku = await ListedSkuAsync("STK-3", 20);
        world.Taobao.Troubles.Enqueue(new PlatformException("isv.item-not-exist", "no such item", isTransient: false));
        await SendAsync();
        await SendAsync();
        Calls(sku).ShouldBeEmpty();
        var id = await world.OneAsync("select id from channels_deliveries where subject = 'STK-3' and state = 3", r => r.GetInt64(0));

        (await world.InScopeAsync<ResendDeliveriesHandler, Result<IReadOnlyList<(long, ResendAnswer)>>>(h => h.HandleAsync(new ResendDeliveries(world.PulledShopId, [id, -1]), default))).Value
            .ShouldBe([(id, ResendAnswer.Queued), (-1, ResendAnswer.Gone)]);
        await SendAsync();
        Calls(sku).ShouldBe([20]);
    }

    [Fact]
    public async Task What_an_ended_token_kept_from_the_platform_goes_out_with_the_next_one()
    {
        var sku = await ListedSkuAsync("STK-5", 20);
        world.Taobao.Abilities = world.Taobao.Abilities with { TokenCodes = new HashSet<string> { "invalid-sessionkey" } };
        world.Taobao.Troubles.Enqueue(new PlatformException("invalid-sessionkey", "Invalid session", isTransient: false));
        await SendAsync();
        (await world.CountAsync("select count(*) from channels_deliveries where subject = 'STK-5' and state = 1 and due_at > now() + interval '5 minutes'")).ShouldBe(1);

        await world.InScopeAsync<IChannelSetup, bool>(async setup =>
        {
            await setup.ConnectAsync(new(ChannelWorld.Pulled, "http://platform.test", ChannelWorld.AppKey, ChannelWorld.AppSecret, "another token", null, TimeSpan.FromSeconds(5)), Actor.System, default);
            return true;
        });
        await world.Services.GetRequiredService<DeliverToPlatforms>().SendDueAsync(world.PulledShopId, default);
        Calls(sku).ShouldBe([20]);
    }

    [Fact]
    public async Task All_that_failed_is_sent_again_part_by_part_with_an_answer_for_each()
    {
        const int failed = ResendDeliveriesHandler.Part + 7;
        await world.Database.RunAsync(tx => tx.ExecuteAsync("""
            insert into channels_deliveries (kind, shop_id, subject_id, subject, payload, state, revision, attempts, created_at, due_at, place_at, settled_at, last_error, trace_id)
            select 3, $1, 900000 + n, 'BULK-' || n, '{"Memo":"x","Flag":1}', case when n % 2 = 0 then 3 else 4 end, 1, 1, now(), now(), now(), now(), 'no', '' from generate_series(1, $2) n
            """, default, world.PulledShopId, failed), default);
        var answers = new List<(long Id, ResendAnswer Answer)>();
        while (true)
        {
            var part = (await world.InScopeAsync<ResendDeliveriesHandler, Result<IReadOnlyList<(long, ResendAnswer)>>>(h => h.HandleAsync(new ResendFailed(world.PulledShopId, answers.LastOrDefault().Id), default))).Value;
            if (part.Count == 0) break;
            part.Count.ShouldBeLessThanOrEqualTo(ResendDeliveriesHandler.Part);
            answers.AddRange(part);
        }
        answers.Count(a => a.Answer == ResendAnswer.Queued).ShouldBeGreaterThanOrEqualTo(failed);
        answers.Select(a => a.Id).ShouldBeUnique();
        (await world.CountAsync("select count(*) from channels_deliveries where subject like 'BULK-%' and state = 1 and revision = 2")).ShouldBe(failed);
        await world.Database.RunAsync(tx => tx.ExecuteAsync("delete from channels_deliveries where subject like 'BULK-%'", default), default);
    }

    [Fact]
    public async Task An_outage_is_tried_again_later_with_the_same_delivery()
    {
        var sku = await ListedSkuAsync("STK-4", 20);
        world.Taobao.Troubles.Enqueue(new HttpRequestException("timeout"));
        await SendAsync();
        Calls(sku).ShouldBeEmpty();
        (await world.CountAsync("select attempts::bigint from channels_deliveries where subject = 'STK-4' and state = 1 and due_at > now()")).ShouldBe(1);

        await SendAsync();
        Calls(sku).ShouldBe([20]);
    }

    [Fact]
    public async Task An_order_shipped_on_the_platform_itself_is_owed_once_and_not_written_back()
    {
        var sku = await world.StockedSkuAsync("SHIP-1", 5);
        world.Taobao.Publish(FakePlatform.Order("T-1", sku.Code), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await world.PullAsync();
        var order = await world.OneAsync("select id from orders_orders where platform_order_no = 'T-1'", r => r.GetInt64(0));

        await TellShippedAsync(order);
        await TellShippedAsync(order);
        await SendAsync();

        (await world.OneAsync("select state from channels_deliveries where kind = 1 and subject_id = $1", r => (DeliveryState)r.GetInt16(0), order)).ShouldBe(DeliveryState.Skipped);
        world.Taobao.Shipments.ShouldNotContain(s => s.PlatformOrderNo == "T-1");
    }

    [Fact]
    public async Task A_parcel_that_left_is_written_back_to_its_platform_once_and_the_timeline_says_so()
    {
        var sku = await world.StockedSkuAsync("SHIP-2", 5);
        world.Taobao.Publish(FakePlatform.Order("T-2", sku.Code), TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await world.PullAsync();
        await world.DrainOutboxAsync();
        var order = await world.OneAsync("select id from orders_orders where platform_order_no = 'T-2'", r => r.GetInt64(0));
        var parcel = await PackAsync(order, sku.Code);
        await world.InScopeAsync<IOrderFlow, bool>(flow => world.Database.RunAsync(async tx => (await flow.MoveAsync(tx, order, OrderTrigger.Ship, Actor.System, null, default)).IsOk, default));

        await world.DrainOutboxAsync();
        await SendAsync();
        await SendAsync();

        var told = world.Taobao.Shipments.Where(s => s.PlatformOrderNo == "T-2").ShouldHaveSingleItem();
        (told.CourierCode, told.WaybillNo).ShouldBe((parcel.CourierCode, parcel.WaybillNo));
        told.PlatformLineNos.ShouldBeEmpty("everything that is still to ship");
        (await world.CountAsync("select count(*) from orders_timeline where order_id = $1 and what = '已回传平台'", order)).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 2), InlineData(3, 4), InlineData(4, 60), InlineData(5, 120), InlineData(10, 3600), InlineData(29, 3600)]
    public void Retries_are_three_quick_ones_and_then_ever_slower(int attempts, int seconds) => DeliveryRetries.After(attempts).ShouldBe(TimeSpan.FromSeconds(seconds));

    private async Task<Sku> ListedSkuAsync(string code, int stock)
    {
        var sku = await world.StockedSkuAsync(code, stock);
        await ListAsync(code);
        return sku;
    }

    private Task ListAsync(string code) => world.ListAsync(ChannelWorld.Pulled, code);

    private Task TellAsync(Sku sku) => world.TellStockAsync(sku.Id);

    private Task<PackedParcel> PackAsync(long order, string code) => world.InScopeAsync<IPackingStation, PackedParcel>(async station =>
    {
        (await station.ScanAsync(new(order, Guid.NewGuid(), code), default)).Error.ShouldBeNull();
        var parcel = (await station.PackAsync(order, default)).Value;
        (await station.HandOverAsync(new(1, WaybillNo: parcel.WaybillNo), default)).Error.ShouldBeNull();
        return parcel;
    });

    private Task TellShippedAsync(long orderId) => world.InScopeAsync<ShipmentDeliveries, bool>(async consumer =>
    {
        await world.Database.RunAsync(tx => consumer.ConsumeAsync(tx,
            [new OrderMoved(orderId, world.PulledShopId, "X", OrderState.Packed, OrderState.Shipped, 1, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow())], default), default);
        return true;
    });

    private Task SendAsync() => world.SendAllAsync(world.PulledShopId);

    private int[] Calls(Sku sku) => [.. world.Taobao.StockCalls.Where(c => c.Listing.MerchantCode == sku.Code).Select(c => c.Quantity)];
}
