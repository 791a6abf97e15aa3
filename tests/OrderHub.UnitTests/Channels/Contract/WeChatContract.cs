using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

public sealed class WeChatContract : AdapterContract
{
    internal override ShopKind Kind => ShopKind.WeChat;

    internal override string OrderSample => """
        {"order_id":"3705115058471208928","status":20,"create_time":1795015900,"update_time":1795016000,"openid":"o-1","unionid":"","is_present":false,
        "order_detail":{"product_infos":[{"product_id":"10000000000001","sku_id":"1000000001","sku_code":"SKU-A","sku_cnt":2,"on_aftersale_sku_cnt":0,"finish_aftersale_sku_cnt":0,"title":"T恤",
        "sku_attrs":[{"attr_key":"颜色","attr_value":"白"}],"sale_price":5000,"market_price":6000,"real_price":8800,"delivery_deadline":1795188800,"is_free_gift":false,"sku_deliver_info":{"stock_type":0}},
        {"product_id":"10000000000002","sku_id":"1000000002","sku_code":"SKU-G","sku_cnt":1,"title":"袜子","sale_price":0,"real_price":0,"is_free_gift":true}],
        "pay_info":{"pay_time":1795015960,"transaction_id":"4200","payment_method":1},
        "price_info":{"product_price":10000,"order_price":9400,"freight":600,"original_order_price":10600,"discounted_price":1200,"merchant_discounted_price":900,"finder_discounted_price":300,
        "change_down_price":0,"deduction_price":0,"merchant_receieve_price":9700,"is_discounted":true},
        "delivery_info":{"address_info":{"user_name":"张*","tel_number":"138****0000","province_name":"广东省","city_name":"深圳市","county_name":"南山区","detail_info":"科***","hash_code":"h1"},
        "delivery_product_info":[],"quality_inspect_type":1},"ext_info":{"customer_notes":"发顺丰","merchant_notes":"老客户","live_id":"export/1"},
        "source_infos":[{"sku_id":"1000000001","account_nickname":"小林好物"}]}}
        """;

    internal override IReadOnlyList<string> RefundSamples =>
    [
        """
        {"after_sale_order_id":"2000000234115377","status":"MERCHANT_REFUND_SUCCESS","openid":"o-1","order_id":"3705115058471208928","product_info":{"product_id":"10000000000001","sku_id":"1000000001","count":1},
        "details":{"desc":"","receive_product":false},"refund_info":{"amount":4400,"refund_reason":1},"create_time":1795016100,"update_time":1795016200,"reason":"NO_LONGER_WANT","reason_text":"不想要了","type":"REFUND"}
        """,
        """
        {"after_sale_order_id":"2000000234115378","status":"USER_WAIT_RETURN","order_id":"3705115058471208928","refund_info":{"amount":4400},"create_time":1795016100,"update_time":1795016200,"reason":"QUALITY","type":"RETURN"}
        """,
    ];

    internal override IEnumerable<SignatureCase> Signatures() => [];
    internal override bool SignsCalls => false;
    internal override bool ChecksTime => false;
    internal override bool MemoHasFlag => false;

    /// <summary>The stable token stays the same until five minutes before its end.</summary>
    internal override TimeSpan RefreshableFrom => TimeSpan.FromMinutes(5);

    internal override IReadOnlyList<Meaning> Meanings =>
    [
        new("""{"errcode":-1,"errmsg":"system error"}""", "-1", true),
        new("""{"errcode":45011,"errmsg":"api minute-quota reach limit"}""", "45011", true),
        new("""{"errcode":10020112,"errmsg":"更新该sku库存频率超限"}""", "10020112", true),
        new("""{"errcode":10021059,"errmsg":"退款请求太频繁"}""", "10021059", true, 60),
        new("""{"errcode":40001,"errmsg":"invalid credential"}""", "40001", false),
        new("""{"errcode":42001,"errmsg":"access_token expired"}""", "42001", false),
        new("""{"errcode":10020052,"errmsg":"商品不存在"}""", "10020052", false),
        new("""{"data":{}}""", "answer.incomplete", true),
    ];

    [Fact]
    public async Task A_live_rooms_order_names_its_host_its_deadline_and_what_the_platform_asks_for()
    {
        await using var world = await ContractWorld.StartAsync(Kind, null);
        var by = DateTimeOffset.FromUnixTimeSeconds(world.Now.AddHours(20).ToUnixTimeSeconds());
        var no = world.Market.PublishOrder(SandboxPlatform.WeChat, SandboxSetup.Order("SKU-A") with { Extras = new() { LiveHost = "小林好物", ShipBy = by, Warehouse = "WH-1", Transit = "质检" } });
        var order = await world.FetchedAsync(no);
        (order.Status, order.PromotionType, order.ShipBy).ShouldBe((PlatformStatus.Paid, "live", by));
        (order.Extras!.LiveHost, order.Extras.NamedWarehouse).ShouldBe(("小林好物", "WH-1"));
        order.Extras.Obligations.ShouldBe(["先送平台质检"]);
    }

    [Fact]
    public void The_hosts_discount_is_paid_back_to_the_shop_and_its_own_is_not()
    {
        var order = new FakePlatform(Kind, _ => FakePlatform.Json("{}")).Adapter().MapOrder(1, new("1", 1, OrderSample));
        order.Amounts.ShouldBe(new(GoodsFen: 10000, ShopDiscountFen: 900, PlatformDiscountFen: 300, FreightFen: 600, AdjustFen: 0, PayFen: 9400));
        order.Lines.Select(l => (l.PayFen, l.IsGift)).ShouldBe([(8800, false), (0, true)]);
        order.Coupons.ShouldBe([new("商家优惠", 900, false), new("达人优惠", 300, true)]);
        (order.Receiver.Token, order.BuyerNote, order.SellerNote).ShouldBe(("h1", "发顺丰", "老客户"));
    }
}
