using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Kuaishou;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Channels.Contract;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels;

/// <summary>What only some orders carry: over real HTTP from the played platforms, and from payloads where those never say it.</summary>
public sealed class WhatOrdersCarryTests
{
    private static readonly SandboxExtras Everything = new()
    {
        LiveHost = "小林好物", DepositFen = 1000, Warehouse = "WH-SZ", Transit = "新疆中转", ToTheDoor = true, GiftSku = "SKU-GIFT", BuyerIp = "203.0.113.9", Courier = "SF",
    };

    [Theory]
    [InlineData(ShopKind.Pinduoduo, null, null, "presale", "SF", true), InlineData(ShopKind.Douyin, "小林好物", null, "presale", "SF", true)]
    [InlineData(ShopKind.Mall, "小林好物", "203.0.113.9", "presale", "SF", true), InlineData(ShopKind.Kuaishou, "小林好物", null, "presale", null, false)]
    public async Task A_platform_says_what_its_protocol_has_words_for(ShopKind kind, string? host, string? ip, string promotion, string? courier, bool tellsDeposit)
    {
        await using var world = await ContractWorld.StartAsync(kind, null);
        var no = world.Market.PublishOrder(Enum.Parse<SandboxPlatform>(kind.ToString()), SandboxSetup.Order("SKU-A") with { Extras = Everything });
        var order = await world.PulledAsync(no);
        var extras = order.Extras.ShouldNotBeNull();
        (extras.LiveHost, extras.BuyerIp, extras.NamedWarehouse, order.PromotionType, order.NamedCourier).ShouldBe((host, ip, "WH-SZ", promotion, courier));
        extras.Presale.ShouldBe(tellsDeposit ? new(1000, 8900, BalancePaid: true) : null);
        extras.Obligations.ShouldContain(o => o.StartsWith("赠品", StringComparison.Ordinal));
        if (kind != ShopKind.Kuaishou) new[] { "新疆中转", "送货上门" }.Except(extras.Obligations).ShouldBeEmpty();
        order.Lines.Where(l => l.IsGift).Select(l => (l.MerchantCode, l.Quantity, l.PayFen)).ShouldBe([("SKU-GIFT", 1, 0L)]);
        order.Lines.Sum(l => l.PayFen).ShouldBe(order.Amounts.PayFen - order.Amounts.FreightFen);
    }

    [Theory, InlineData(ShopKind.Pinduoduo), InlineData(ShopKind.Douyin), InlineData(ShopKind.Mall)]
    public async Task A_deposit_alone_is_no_payment(ShopKind kind)
    {
        await using var world = await ContractWorld.StartAsync(kind, null);
        var platform = Enum.Parse<SandboxPlatform>(kind.ToString());
        var no = world.Market.PublishOrder(platform, SandboxSetup.Order("SKU-A") with { Paid = false, Extras = new() { DepositFen = 1000 } });
        var deposited = await world.PulledAsync(no);
        (deposited.Status, deposited.PaidAt, deposited.Extras?.Presale).ShouldBe((PlatformStatus.Unpaid, null, new IncomingPresale(1000, 8900, BalancePaid: false)));
        world.Market.PayOrder(platform, no).ShouldBeTrue();
        var paid = await world.PulledAsync(no);
        (paid.Status, paid.Extras?.Presale?.BalancePaid).ShouldBe((PlatformStatus.Paid, true));
    }

    [Fact]
    public void An_ordinary_order_carries_nothing_more()
    {
        DouyinOrders.Map(7, SamplePayloads.DouyinOrder).Extras.ShouldBeNull();
        DouyinOrders.Map(7, SamplePayloads.DouyinOrder).PromotionType.ShouldBe("normal");
    }

    [Fact]
    public void What_the_shop_really_bears_on_Douyin_stands_in_the_costs()
    {
        // a promotion named after the platform of which the shop bears a part
        var order = DouyinOrders.Map(7, SamplePayloads.DouyinOrder.Replace("\"pay_type\":2", "\"shop_cost_amount\":900,\"platform_cost_amount\":100,\"author_cost_amount\":40,\"pay_type\":2", StringComparison.Ordinal));
        (order.Amounts.ShopDiscountFen, order.Amounts.PlatformDiscountFen).ShouldBe((900, 100));
        order.Coupons.ShouldBe([new("店铺优惠", 900, false), new("平台优惠", 60, true), new("达人优惠", 40, true)]);
    }

    [Fact]
    public void A_Douyin_refunds_detail_says_what_was_really_paid_back()
    {
        var refund = DouyinRefunds.Map(7, """
            {"process_info":{"after_sale_info":{"after_sale_id":7001,"after_sale_status":12,"after_sale_type":1,"refund_status":3,"refund_total_amount":9900,"real_refund_amount":9000,"apply_time":1795015900,
            "update_time":1795016000,"reason":"少件"}},"order_info":{"shop_order_id":6910000000000000001,"sku_order_infos":[{"sku_order_id":6910000000000000001}]}}
            """);
        (refund.RefundNo, refund.PlatformOrderNo, refund.PlatformLineNo, refund.Kind, refund.Status, refund.AppliedFen, refund.RefundedFen, refund.Reason)
            .ShouldBe(("7001", "6910000000000000001", "6910000000000000001", RefundKind.RefundOnly, RefundStatus.Done, 9900L, 9000L, "少件"));
    }

    [Fact]
    public void Pinduoduo_obliges_in_many_ways()
    {
        var order = PinduoduoOrders.Map(7, SamplePayloads.PinduoduoOrder.Replace("\"open_address_id\"",
            "\"express_memos\":[{\"scene\":1,\"tag\":\"圆通\"}],\"shipping_type\":1,\"yyps_date\":\"2026-11-14\",\"service_fee_detail\":[{\"service_name\":\"install_fee\",\"service_fee\":0}],\"urge_shipping_time\":\"2026-11-11 09:00:00\",\"open_address_id\"",
            StringComparison.Ordinal));
        order.Extras!.Obligations.ShouldBe(["顺丰包邮", "上门安装", "买家不要 圆通", "预约配送 2026-11-14", "买家催发货"]);
    }

    [Fact]
    public void A_malls_promotion_may_name_who_bears_it()
    {
        var order = MallOrders.Map(7, SamplePayloads.MallOrder.Replace("\"name\":\"满减\",\"amount\":1000", "\"name\":\"满减\",\"borne_by\":\"platform\",\"amount\":1000", StringComparison.Ordinal));
        order.Coupons[0].ShouldBe(new IncomingCoupon("满减", 1000, BornByPlatform: true));
    }

    [Fact]
    public void A_Kuaishou_order_becomes_an_order()
    {
        var order = KuaishouOrders.Map(7, SamplePayloads.KuaishouOrder);
        (order.PlatformOrderNo, order.Version, order.Status, order.BuyerKey).ShouldBe(("2431500000001000", 1795016000000, PlatformStatus.Paid, "o-1"));
        order.Amounts.ShouldBe(new IncomingAmounts(9900, 500, 301, 600, 0, 9699));
        order.Lines.Select(l => (l.PlatformLineNo, l.MerchantCode, l.Quantity, l.PayFen, l.IsGift)).ShouldBe([("24315000000010001", "SKU-A", 1, 9099L, false), ("2431500000001001", "SKU-G", 1, 0L, true)]);
        order.Receiver.ShouldBe(new IncomingReceiver("张**", "138****0000", "广东省", "深圳市", "南山区", "粤海街道", "科***", "#n#|#m#|#a#"));
        (order.SellerNote, order.SellerFlag, order.PromotionType).ShouldBe(("老客户", 3, "live"));
        order.Extras!.Obligations.ShouldBe(["赠品:袜子×1", "买家催发货"]);
    }

    [Theory, InlineData("1", true), InlineData("0", false)]
    public void Taobao_may_forbid_to_split_an_order(string forbids, bool whole)
    {
        var order = TaobaoOrders.Map(7, SamplePayloads.TaobaoTrade.Replace("\"seller_flag\":1", $"\"logistics_agreement\":{{\"no_detail_part_consign\":\"{forbids}\"}},\"seller_flag\":1", StringComparison.Ordinal));
        (order.Extras?.GoesWhole == true, order.Extras?.Obligations.Contains("不可拆单发货") == true).ShouldBe((whole, whole));
    }

    [Fact]
    public async Task A_Kuaishou_order_with_a_present_is_shipped_with_it()
    {
        await using var world = await ContractWorld.StartAsync(ShopKind.Kuaishou, null);
        var no = world.Market.PublishOrder(SandboxPlatform.Kuaishou, SandboxSetup.Order("SKU-A") with { Extras = new() { GiftSku = "SKU-GIFT" } });
        await world.Adapter.ConfirmShipmentAsync(world.Shop, new ShipmentNotice(no, "YTO", "YT1234567890123", []), CancellationToken.None);
        world.Market.FindOrder(SandboxPlatform.Kuaishou, no)!.Shipments.ShouldHaveSingleItem().WaybillNo.ShouldBe("YT1234567890123");
    }

    [Fact]
    public async Task A_further_parcel_of_a_Pinduoduo_order_is_added_once_even_when_the_first_was_told_before()
    {
        await using var world = await ContractWorld.StartAsync(ShopKind.Pinduoduo, null);
        var no = world.Market.PublishOrder(SandboxPlatform.Pinduoduo, SandboxSetup.Order("SKU-A", "SKU-B"));
        await world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT0000000000001", []), CancellationToken.None);
        var both = new ShipmentNotice(no, "YTO", "YT0000000000001", []) { Others = [("SF", "SF0000000000002")] };
        await world.Adapter.ConfirmShipmentAsync(world.Shop, both, CancellationToken.None);
        await world.Adapter.ConfirmShipmentAsync(world.Shop, both, CancellationToken.None);
        world.Market.FindOrder(SandboxPlatform.Pinduoduo, no)!.Shipments.Select(s => s.WaybillNo).ShouldBe(["YT0000000000001", "SF0000000000002"]);
    }

    [Fact]
    public async Task A_Pinduoduo_order_with_a_refund_is_not_shipped()
    {
        await using var world = await ContractWorld.StartAsync(ShopKind.Pinduoduo, null);
        var no = world.Market.PublishOrder(SandboxPlatform.Pinduoduo, SandboxSetup.Order("SKU-A"));
        world.Market.RequestRefund(SandboxPlatform.Pinduoduo, no).ShouldBeTrue();
        var refused = await Should.ThrowAsync<PlatformException>(() => world.Adapter.ConfirmShipmentAsync(world.Shop, new(no, "YTO", "YT0000000000001", []), CancellationToken.None));
        (refused.Code, refused.IsTransient).ShouldBe(("refund.exists", false));
    }

    [Fact]
    public async Task A_mall_that_knows_no_creation_window_is_read_by_its_updates()
    {
        var now = TimeProvider.System.GetUtcNow();
        string Order(string no, DateTimeOffset at) => $$$"""{"order_no":"{{{no}}}","created_at":"{{{at:yyyy-MM-ddTHH:mm:sszzz}}}","amounts":{"pay":100}}""";
        // it ignores what it does not know and lists by update; the second is older than the window
        var platform = new FakePlatform(ShopKind.Mall, _ => FakePlatform.Json($$"""{"items":[{{Order("M-1", now.AddHours(-2))}},{{Order("M-2", now.AddDays(-3))}}],"next_cursor":null}"""));
        var listed = await platform.Adapter().ListCreatedAsync(platform.Shop, now.AddHours(-30), now.AddHours(-1), CancellationToken.None).ToListAsync();
        listed.Select(o => o.PlatformOrderNo).ShouldBe(["M-1"]);
        platform.Calls.Count.ShouldBe(2, "two windows of at most a day up to now");
    }
}
