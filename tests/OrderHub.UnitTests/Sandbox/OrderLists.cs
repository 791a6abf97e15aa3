using System.Text.Json;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class OrderLists
{
    [Fact]
    public async Task Taobao_lists_newest_change_first_and_paging_backwards_loses_nothing_while_orders_change()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var orders = Enumerable.Range(0, 25).Select(_ => setup.World.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A"))).ToArray();
        setup.Clock.Ahead = TimeSpan.FromMinutes(1);
        var (start, end) = (client.Now.AddMinutes(-5), client.Now.AddSeconds(-30));
        async Task<string[]> PageOf(DateTimeOffset from, DateTimeOffset to, int page)
        {
            var answer = (await client.TaobaoAsync("taobao.trades.sold.increment.get", new
            {
                fields = "tid,tid_str,modified", start_modified = PlatformClients.China(from), end_modified = PlatformClients.China(to),
                page_no = page, page_size = 10, use_has_next = true,
            })).GetProperty("trades_sold_increment_get_response");
            return answer.TryGetProperty("trades", out var trades) ? [.. trades.GetProperty("trade").EnumerateArray().Select(t => t.GetProperty("tid_str").GetString()!)] : [];
        }

        (await PageOf(start, end, 1)).ShouldBe(orders.Reverse().Take(10));
        var seen = new HashSet<string>();
        foreach (var page in new[] { 3, 2, 1 })
        {
            seen.UnionWith(await PageOf(start, end, page));
            // an order of a page not yet read changes: it leaves this window and what was behind it moves forward
            setup.World.RequestRefund(SandboxPlatform.Taobao, orders[^page]).ShouldBeTrue();
        }
        seen.Count.ShouldBeLessThan(orders.Length);
        seen.UnionWith(await PageOf(end, client.Now.AddMinutes(1), 1));
        seen.ShouldBe(orders, ignoreOrder: true);
    }

    [Fact]
    public async Task The_own_malls_cursor_passes_every_change_exactly_once()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var orders = Enumerable.Range(0, 7).Select(_ => setup.World.PublishOrder(SandboxPlatform.Mall, SandboxSetup.Order("SKU-B"))).ToArray();
        var path = $"/mall/v1/orders?page_size=3&updated_since={Uri.EscapeDataString(client.Now.AddHours(-1).ToString("o"))}";
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var (_, body) = await client.MallAsync(HttpMethod.Get, cursor.Length == 0 ? path : "/mall/v1/orders?page_size=3&cursor=" + cursor);
            seen.AddRange(body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("order_no").GetString()!));
            cursor = body.GetProperty("next_cursor").GetString();
        }
        seen.ShouldBe(orders);
    }

    [Fact]
    public async Task A_hidden_order_is_in_no_incremental_list_but_still_readable()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var no = setup.World.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A"));
        setup.World.HideFromIncremental(SandboxPlatform.Taobao, no).ShouldBeTrue();
        var list = await client.TaobaoAsync("taobao.trades.sold.increment.get", new
        {
            fields = "tid", start_modified = PlatformClients.China(client.Now.AddHours(-1)), end_modified = PlatformClients.China(client.Now.AddMinutes(1)),
        });
        list.GetProperty("trades_sold_increment_get_response").GetProperty("total_results").GetInt32().ShouldBe(0);
        (await client.TaobaoAsync("taobao.trade.fullinfo.get", new { fields = "tid,status", tid = no }))
            .GetProperty("trade_fullinfo_get_response").GetProperty("trade").GetProperty("status").GetString().ShouldBe("WAIT_SELLER_SEND_GOODS");
        (await client.TaobaoAsync("taobao.trades.sold.get", new { fields = "tid" }))
            .GetProperty("trades_sold_get_response").GetProperty("total_results").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Every_platform_tells_the_same_money_in_its_own_words()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        // 99.00 + 2 × 19.99 = 138.98; shop gives 5.00, platform 3.01, freight 6.00: 136.97
        var spec = new OrderSpec
        {
            Lines = [new("SKU-A", 1), new("SKU-B", 2)],
            FreightFen = 600,
            Promotions = [new("店铺优惠券", 500, ByPlatform: false), new("平台红包", 301, ByPlatform: true)],
            BuyerNote = "请发顺丰",
        };
        string Publish(SandboxPlatform platform) => setup.World.PublishOrder(platform, spec);

        var trade = (await client.TaobaoAsync("taobao.trade.fullinfo.get", new { fields = "payment,post_fee,discount_fee,orders,buyer_message,receiver_mobile,oaid", tid = Publish(SandboxPlatform.Taobao) }))
            .GetProperty("trade_fullinfo_get_response").GetProperty("trade");
        Text(trade, "payment").ShouldBe("136.97");
        Text(trade, "receiver_mobile").ShouldContain("****");
        var lines = trade.GetProperty("orders").GetProperty("order").EnumerateArray().ToArray();
        (lines.Sum(l => Yuan(l, "price") * l.GetProperty("num").GetInt32() + Yuan(l, "adjust_fee") - Yuan(l, "discount_fee")) - Yuan(trade, "discount_fee") + Yuan(trade, "post_fee")).ShouldBe(136.97m);
        (lines.Sum(l => Yuan(l, "divide_order_fee")) + Yuan(trade, "post_fee")).ShouldBe(136.97m);

        var jd = (await client.JdAsync("jingdong.pop.order.get", new { order_id = Publish(SandboxPlatform.Jd) }))
            .GetProperty("jingdong_pop_order_get_responce").GetProperty("orderDetailInfo").GetProperty("orderInfo");
        Text(jd, "actualPay").ShouldBe("136.97");
        Text(jd, "orderSellerPrice").ShouldBe("133.98");

        var pdd = (await client.PinduoduoAsync("pdd.order.information.get", new { order_sn = Publish(SandboxPlatform.Pinduoduo) }))
            .GetProperty("order_info_get_response").GetProperty("order_info");
        pdd.GetProperty("pay_amount").GetDecimal().ShouldBe(136.97m);
        (pdd.GetProperty("goods_amount").GetDecimal() - pdd.GetProperty("discount_amount").GetDecimal() + pdd.GetProperty("postage").GetDecimal()).ShouldBe(136.97m);

        var douyin = (await client.DouyinAsync("order.orderDetail", new { shop_order_id = Publish(SandboxPlatform.Douyin) })).GetProperty("data").GetProperty("shop_order_detail");
        douyin.GetProperty("pay_amount").GetInt64().ShouldBe(13697);
        douyin.GetProperty("sku_order_list").EnumerateArray().Sum(l => l.GetProperty("pay_amount").GetInt64()).ShouldBe(13697);

        var mall = (await client.MallAsync(HttpMethod.Get, "/mall/v1/orders/" + Publish(SandboxPlatform.Mall))).Body;
        mall.GetProperty("amounts").GetProperty("pay").GetInt64().ShouldBe(13697);
        (mall.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("pay").GetInt64()) + 600).ShouldBe(13697);

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
        static decimal Yuan(JsonElement element, string name) => decimal.Parse(Text(element, name), System.Globalization.CultureInfo.InvariantCulture);
    }
}
