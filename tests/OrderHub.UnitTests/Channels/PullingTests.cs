using System.Globalization;
using System.Text.RegularExpressions;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.UnitTests.Channels;

public sealed class PullingTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 10, 17, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset From = Until.AddMinutes(-30);

    [Fact]
    public async Task Taobao_is_read_from_the_last_page_back_and_each_trade_in_full()
    {
        var platform = new FakePlatform(ShopKind.Taobao, ask =>
        {
            if (ask.Contains("fullinfo", StringComparison.Ordinal))
            {
                var tid = Number(ask, "tid");
                return tid == 13
                    ? FakePlatform.Json("""{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isv.trade-not-exist","sub_msg":"交易不存在"}}""")
                    : FakePlatform.Json("""{"trade_fullinfo_get_response":{"trade":{"tid":TID,"modified":"2026-11-11 00:10:00"}}}""".Replace("TID", tid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }
            var page = Number(ask, "page_no");
            var total = ask.Contains("use_has_next=false", StringComparison.Ordinal) ? "\"total_results\":120," : "\"has_next\":false,";
            var trades = string.Join(',', Enumerable.Range((int)(page - 1) * 50 + 1, page == 3 ? 20 : 50).Select(n => $$"""{"tid":{{n}},"status":"WAIT_SELLER_SEND_GOODS","modified":"2026-11-11 00:10:00"}"""));
            return FakePlatform.Json("{\"trades_sold_increment_get_response\":{" + total + "\"trades\":{\"trade\":[" + trades + "]}}}");
        });
        var adapter = platform.Adapter();
        var pulled = await adapter.PullOrdersAsync(platform.Shop, From, Until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();

        pulled.Select(p => p.ExternalId).Order().ShouldBe(Enumerable.Range(1, 120).Select(n => n.ToString(CultureInfo.InvariantCulture)).Order());
        var pages = platform.Calls.Where(c => c.Body.Contains("increment", StringComparison.Ordinal)).Select(c => (Number(c.Body, "page_no"), c.Body.Contains("use_has_next=true", StringComparison.Ordinal)));
        pages.ShouldBe([(1, false), (3, true), (2, true), (1, true)]);
        // the one trade the platform would not show is kept with the reason, and did not stop the others
        Should.Throw<UnreadablePayloadException>(() => adapter.MapOrder(1, pulled.Single(p => p.ExternalId == "13"))).Message.ShouldContain("isv.trade-not-exist");
    }

    [Fact]
    public async Task A_Taobao_trade_known_in_its_version_is_not_fetched_again()
    {
        var platform = new FakePlatform(ShopKind.Taobao, ask => FakePlatform.Json(ask.Contains("fullinfo", StringComparison.Ordinal)
            ? "{\"trade_fullinfo_get_response\":{\"trade\":{\"tid\":" + Number(ask, "tid") + ",\"modified\":\"2026-11-11 00:10:00\"}}}"
            : """{"trades_sold_increment_get_response":{"total_results":2,"trades":{"trade":[{"tid":1,"modified":"2026-11-11 00:10:00"},{"tid":2,"modified":"2026-11-11 00:10:00"}]}}}"""));
        var inbox = new HashSet<(string, long)>();
        KnownDocuments known = (listed, _) => Task.FromResult<IReadOnlySet<string>>(listed.Where(inbox.Contains).Select(d => d.ExternalId).ToHashSet());
        int Details() => platform.Calls.Count(c => c.Body.Contains("fullinfo", StringComparison.Ordinal));

        await foreach (var trade in platform.Adapter().PullOrdersAsync(platform.Shop, From, Until, known, CancellationToken.None)) inbox.Add((trade.ExternalId, trade.Version));
        Details().ShouldBe(2);
        (await platform.Adapter().PullOrdersAsync(platform.Shop, From, Until, known, CancellationToken.None).ToListAsync()).ShouldBeEmpty();
        Details().ShouldBe(2);
    }

    [Fact]
    public async Task What_has_not_even_a_number_is_handed_on_all_the_same()
    {
        var platform = new FakePlatform(ShopKind.Pinduoduo, _ => FakePlatform.Json("""{"order_sn_increment_get_response":{"total_count":3,"order_sn_list":[7,{"order_sn":{},"item_list":[]},{"order_sn":"A","updated_at":"soon","item_list":[]}]}}"""));
        var pulled = await platform.Adapter().PullOrdersAsync(platform.Shop, From, Until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();
        pulled.ShouldBe([new("", 0, "7"), new("", 0, """{"order_sn":{},"item_list":[]}"""), new("A", 0, """{"order_sn":"A","updated_at":"soon","item_list":[]}""")]);
    }

    [Fact]
    public async Task Pinduoduo_orders_listed_by_number_only_are_fetched()
    {
        var platform = new FakePlatform(ShopKind.Pinduoduo, ask => FakePlatform.Json(ask.Contains("information.get", StringComparison.Ordinal)
            ? $$$"""{"order_info_get_response":{"order_info":{{{SamplePayloads.PinduoduoOrder}}} } }"""
            : """{"order_sn_increment_get_response":{"total_count":1,"has_next":false,"order_sn_list":[{"order_sn":"261111-123456789012345","order_status":1,"updated_at":"2026-11-11 00:10:00"}]}}"""));
        var adapter = platform.Adapter();
        var pulled = await adapter.PullOrdersAsync(platform.Shop, From, Until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();
        adapter.MapOrder(1, pulled.Single()).Amounts.PayFen.ShouldBe(3690);
    }

    [Fact]
    public async Task A_Douyin_window_with_too_many_orders_is_halved()
    {
        var platform = new FakePlatform(ShopKind.Douyin, ask =>
        {
            var seconds = Number(ask, "update_time_end") - Number(ask, "update_time_start");
            return FakePlatform.Json($$$"""{"code":10000,"data":{"page":0,"size":100,"total":{{{(seconds > 900 ? 10_001 : 1)}}},"shop_order_list":[{"order_id":"{{{Number(ask, "update_time_start")}}}","update_time":1}] } }""");
        });
        var pulled = await platform.Adapter().PullOrdersAsync(platform.Shop, From, Until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();
        pulled.Select(p => p.ExternalId).ShouldBe([Seconds(From), Seconds(From.AddMinutes(15))]);
    }

    [Fact]
    public async Task The_mall_is_read_forward_by_cursor_with_every_call_signed()
    {
        var platform = new FakePlatform(ShopKind.Mall, ask => FakePlatform.Json(ask.Contains("cursor=c%2B1", StringComparison.Ordinal)
            ? """{"items":[{"order_no":"B","version":2}],"next_cursor":null}""" : """{"items":[{"order_no":"A","version":1}],"next_cursor":"c+1"}"""), "http://platform.test/shop/");
        var pulled = await platform.Adapter().PullOrdersAsync(platform.Shop, From, Until, FakePlatform.NothingKnown, CancellationToken.None).ToListAsync();
        pulled.Select(p => (p.ExternalId, p.Version)).ShouldBe([("A", 1L), ("B", 2L)]);
        foreach (var (request, _) in platform.Calls)
        {
            request.RequestUri!.AbsolutePath.ShouldBe("/shop/mall/v1/orders");
            string Header(string name) => request.Headers.GetValues(name).Single();
            OrderHub.Channels.Mall.MallSignature.Verify(new(request.Method.Method, request.RequestUri.PathAndQuery, Header("X-Oms-Timestamp"), Header("X-Oms-Nonce"), Header("X-Oms-Signature"), default),
                ["secret"], TimeProvider.System.GetUtcNow()).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("http://h/root", "/router/rest", "http://h/root/router/rest"), InlineData("http://h/root/", "/router/rest", "http://h/root/router/rest")]
    [InlineData("https://gw.api.taobao.com/router/rest", "/router/rest", "https://gw.api.taobao.com/router/rest"), InlineData("http://h:1/", "/mall/v1", "http://h:1/mall/v1")]
    public void An_address_is_a_root_or_already_complete(string given, string path, string expected) => PlatformHttp.Resolve(new Uri(given), path).ToString().ShouldBe(expected);

    [Theory, InlineData("SF1", true), InlineData("SF2", false)]
    public async Task Shipping_what_is_shipped_with_the_same_waybill_is_done(string waybill, bool done)
    {
        var shipped = SamplePayloads.PinduoduoOrder.Replace("\"postage\"", "\"tracking_number\":\"SF1\",\"postage\"", StringComparison.Ordinal);
        var platform = new FakePlatform(ShopKind.Pinduoduo, ask => FakePlatform.Json(ask.Contains("online.send", StringComparison.Ordinal)
            ? """{"error_response":{"error_msg":"订单已发货","error_code":50001}}"""
            : ask.Contains("refund.status.check", StringComparison.Ordinal) ? """{"refund_status_check_response":{"order_sns_exists_refund":[]}}""" : $$$"""{"order_info_get_response":{"order_info":{{{shipped}}} } }"""));
        var confirm = platform.Adapter().ConfirmShipmentAsync(platform.Shop, new("261111-123456789012345", "SF", waybill, []), CancellationToken.None);
        if (done) await confirm;
        else (await Should.ThrowAsync<PlatformException>(() => confirm)).IsTransient.ShouldBeFalse();
        platform.Calls[1].Body.ShouldContain("logistics_id=44");
    }

    private static long Number(string ask, string name) => long.Parse(Regex.Match(ask, $"[&\\n\"]{name}\"?[=:](\\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
