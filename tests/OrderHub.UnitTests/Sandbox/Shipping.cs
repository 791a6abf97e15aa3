using System.Text.Json;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class Shipping
{
    [Fact]
    public async Task Each_platform_ships_once_and_shows_the_parcel_to_its_seller()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        foreach (var platform in Enum.GetValues<SandboxPlatform>())
        {
            var no = setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-A"));
            (await ShipAsync(client, platform, no)).ShouldBeTrue(platform.ToString());
            // with the same waybill it is a success again on Kuaishou, and no second parcel
            (await ShipAsync(client, platform, no)).ShouldBe(platform == SandboxPlatform.Kuaishou, $"{platform}: shipped twice");
            var order = setup.World.FindOrder(platform, no)!;
            order.State.ShouldBe(SandboxOrderState.Shipped);
            order.Shipments.Single().WaybillNo.ShouldBe("YT0000000000001");
            var page = await client.PageAsync($"/{platform.ToString().ToLowerInvariant()}/seller/orders/{no}");
            page.ShouldContain("发货状态：已发货");
            page.ShouldContain("YT0000000000001");
        }
    }

    [Fact]
    public async Task No_platform_ships_unpaid_refunded_or_risk_controlled_orders()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        foreach (var platform in Enum.GetValues<SandboxPlatform>())
        {
            var refunded = setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-A"));
            setup.World.RequestRefund(platform, refunded).ShouldBeTrue();
            if (platform is SandboxPlatform.Jd or SandboxPlatform.Mall or SandboxPlatform.Pinduoduo or SandboxPlatform.Kuaishou)
                (await ShipAsync(client, platform, refunded)).ShouldBeFalse($"{platform}: locked by the refund");
            setup.World.CompleteRefund(platform, refunded).ShouldBeTrue();
            setup.World.FindOrder(platform, refunded)!.State.ShouldBe(SandboxOrderState.ClosedRefunded);
            (await ShipAsync(client, platform, refunded)).ShouldBeFalse($"{platform}: refunded");

            var risky = setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-A") with { RiskControlled = true });
            (await ShipAsync(client, platform, risky)).ShouldBeFalse($"{platform}: under review");
            setup.World.SetRiskControl(platform, risky, on: false).ShouldBeTrue();
            (await ShipAsync(client, platform, risky)).ShouldBeTrue($"{platform}: released");

            if (platform == SandboxPlatform.Pinduoduo) continue;
            var unpaid = setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-A") with { Paid = false });
            (await ShipAsync(client, platform, unpaid)).ShouldBeFalse($"{platform}: unpaid");
        }
    }

    [Fact]
    public async Task Pinduoduo_hides_the_receiver_once_the_order_is_shipped()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var no = setup.World.PublishOrder(SandboxPlatform.Pinduoduo, SandboxSetup.Order("SKU-A"));
        async Task<string> NameAsync() => (await client.PinduoduoAsync("pdd.order.information.get", new { order_sn = no }))
            .GetProperty("order_info_get_response").GetProperty("order_info").GetProperty("receiver_name").GetString()!;
        (await NameAsync()).ShouldStartWith("~AgAA");
        (await ShipAsync(client, SandboxPlatform.Pinduoduo, no)).ShouldBeTrue();
        (await NameAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shipped_parcel_is_signed_and_the_order_finishes_by_the_couriers_timetable()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var no = setup.World.PublishOrder(SandboxPlatform.Douyin, SandboxSetup.Order("SKU-A"));
        (await ShipAsync(client, SandboxPlatform.Douyin, no)).ShouldBeTrue();
        setup.Clock.Ahead = TimeSpan.FromMinutes(10);
        await SandboxSetup.Eventually(() => setup.World.FindOrder(SandboxPlatform.Douyin, no)!.State == SandboxOrderState.Finished);
    }

    [Fact]
    public async Task Published_stock_falls_with_each_order_and_follows_the_seller()
    {
        await using var setup = await SandboxSetup.StartAsync(o => o with { InitialStock = 10 });
        var client = new PlatformClients(setup);
        foreach (var platform in Enum.GetValues<SandboxPlatform>())
        {
            setup.World.PublishOrder(platform, SandboxSetup.Order("SKU-C"));
            setup.World.PublishedStock(platform, "SKU-C").ShouldBe(9);
            var listing = setup.World.Listings(platform).Single(l => l.SkuCode == "SKU-C");
            await SetStockAsync(client, platform, listing, 42);
            setup.World.PublishedStock(platform, "SKU-C").ShouldBe(42, platform.ToString());
        }
    }

    private static Task<JsonElement> SetStockAsync(PlatformClients client, SandboxPlatform platform, SandboxListing l, int quantity) => platform switch
    {
        SandboxPlatform.Taobao => client.TaobaoAsync("taobao.skus.quantity.update", new { num_iid = l.ProductId, skuid_quantities = $"{l.PlatformSkuId}:{quantity}" }),
        SandboxPlatform.Jd => client.JdAsync("jingdong.ware.stock.sku.set", new { req = new { updateModel = "fullStockIn", stockRfId = "r1", skuStocks = new[] { new { skuId = l.PlatformSkuId, stockNum = quantity } } } }),
        SandboxPlatform.Pinduoduo => client.PinduoduoAsync("pdd.goods.quantity.update", new { goods_id = l.ProductId, sku_id = l.PlatformSkuId, quantity }),
        SandboxPlatform.Douyin => client.DouyinAsync("sku.syncStock", new { product_id = l.ProductId, sku_id = l.PlatformSkuId, stock_num = quantity }),
        SandboxPlatform.WeChat => client.WeChatAsync("channels/ec/product/stock/update", new { product_id = $"{l.ProductId}", sku_id = $"{l.PlatformSkuId}", diff_type = 3, num = quantity }),
        // told by changes: 9 are shown
        SandboxPlatform.Kuaishou => client.KuaishouAsync("open.item.sku.stock.update", new { kwaiItemId = l.ProductId, skuId = l.PlatformSkuId, skuChangeStock = quantity - 9, changeType = 1 }),
        _ => Body(client.MallAsync(HttpMethod.Put, "/mall/v1/skus/SKU-C/stock", new { mode = "set", quantity, version = 7 })),
    };

    private static async Task<JsonElement> Body(Task<(int Status, JsonElement Body)> answer) => (await answer).Body;

    private static async Task<bool> ShipAsync(PlatformClients client, SandboxPlatform platform, string no)
    {
        const string waybill = "YT0000000000001";
        switch (platform)
        {
            case SandboxPlatform.Taobao:
                return (await client.TaobaoAsync("taobao.logistics.offline.send", new { tid = no, out_sid = waybill, company_code = "YTO" })).TryGetProperty("logistics_offline_send_response", out _);
            case SandboxPlatform.Jd:
                return (await client.JdAsync("jingdong.pop.order.shipment", new { orderId = no, logiCoprId = "463", logiNo = waybill }))
                    .GetProperty("jingdong_pop_order_shipment_responce").GetProperty("sopjosshipment_result").GetProperty("success").GetBoolean();
            case SandboxPlatform.Pinduoduo:
                return (await client.PinduoduoAsync("pdd.logistics.online.send", new { order_sn = no, logistics_id = 85, tracking_number = waybill })).TryGetProperty("logistics_online_send_response", out _);
            case SandboxPlatform.Douyin:
                return (await client.DouyinAsync("order.logisticsAdd", new { order_id = no, company_code = "yuantong", logistics_code = waybill })).GetProperty("code").GetInt32() == 10000;
            case SandboxPlatform.WeChat:
                var line = (await client.WeChatAsync("channels/ec/order/get", new { order_id = no })).GetProperty("order").GetProperty("order_detail").GetProperty("product_infos")[0];
                var goods = new[] { new { product_id = line.GetProperty("product_id").GetString(), sku_id = line.GetProperty("sku_id").GetString(), product_cnt = line.GetProperty("sku_cnt").GetInt32() } };
                return (await client.WeChatAsync("channels/ec/order/delivery/send", new { order_id = no, delivery_list = new[] { new { delivery_id = "YTO", waybill_id = waybill, deliver_type = 1, product_infos = goods } } }))
                    .GetProperty("errcode").GetInt32() == 0;
            case SandboxPlatform.Kuaishou:
                return (await client.KuaishouAsync("open.seller.order.goods.deliver", new { orderId = long.Parse(no, System.Globalization.CultureInfo.InvariantCulture), expressNo = waybill, expressCode = 6 })).GetProperty("result").GetInt32() == 1;
            default:
                return (await client.MallAsync(HttpMethod.Post, $"/mall/v1/orders/{no}/shipments", new { packages = new[] { new { carrier_code = "YTO", waybill_no = waybill } } },
                    r => r.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString()))).Status == 200;
        }
    }
}
