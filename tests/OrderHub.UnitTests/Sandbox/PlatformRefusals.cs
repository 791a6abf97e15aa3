using System.Text.Json;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class PlatformRefusals
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(11);

    [Fact]
    public async Task Taobao_refuses_what_TOP_refuses()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        Task<JsonElement> List(int hours = 1, int size = 40, Action<Dictionary<string, string>>? spoil = null) => client.TaobaoAsync("taobao.trades.sold.increment.get",
            new { fields = "tid", start_modified = PlatformClients.China(client.Now.AddHours(-hours)), end_modified = PlatformClients.China(client.Now), page_size = size }, spoil);

        (await List()).TryGetProperty("trades_sold_increment_get_response", out _).ShouldBeTrue();
        Code(await List(spoil: p => p["sign"] = "00")).ShouldBe(25);
        Code(await List(spoil: p => p["timestamp"] = PlatformClients.China(client.Now - Stale))).ShouldBe(31);
        Code(await List(spoil: p => p["session"] = "nobody")).ShouldBe(27);
        Code(await List(spoil: p => p.Remove("session"))).ShouldBe(26);
        Code(await List(spoil: p => p["method"] = "taobao.nothing.get")).ShouldBe(22);
        Code(await List(hours: 25)).ShouldBe(15);
        Code(await List(size: 101)).ShouldBe(41);
        setup.World.ExpireToken(SandboxPlatform.Taobao);
        Code(await List()).ShouldBe(27);

        static int Code(JsonElement answer) => answer.GetProperty("error_response").GetProperty("code").GetInt32();
    }

    [Fact]
    public async Task Jd_refuses_what_JOS_refuses()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        Task<JsonElement> Search(int days = 1, object? size = null, Action<Dictionary<string, string>>? spoil = null) => client.JdAsync("jingdong.pop.order.search", new
        {
            start_date = PlatformClients.China(client.Now.AddDays(-days)), end_date = PlatformClients.China(client.Now), order_state = "WAIT_SELLER_STOCK_OUT",
            optional_fields = "orderId", page = "1", page_size = size ?? "100", source_id = "JOS",
        }, spoil);

        Ok(await Search()).ShouldBeTrue();
        Code(await Search(spoil: p => p["sign"] = "00")).ShouldBe("12");
        Code(await Search(spoil: p => p["timestamp"] = PlatformClients.China(client.Now.AddMinutes(-7)))).ShouldBe("8");
        Code(await Search(spoil: p => p["access_token"] = "nobody")).ShouldBe("19");
        Ok(await Search(days: 40)).ShouldBeFalse();
        Ok(await Search(size: "101")).ShouldBeFalse();
        Ok(await Search(size: 100)).ShouldBeFalse("page sizes are texts on JD");

        static string Code(JsonElement answer) => answer.GetProperty("error_response").GetProperty("code").GetString()!;
        static bool Ok(JsonElement answer) => answer.GetProperty("jingdong_pop_order_search_responce").GetProperty("searchorderinfo_result")
            .GetProperty("apiResult").GetProperty("success").GetBoolean();
    }

    [Fact]
    public async Task Pinduoduo_refuses_what_POP_refuses()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        Task<JsonElement> List(int minutes = 30, int size = 100, Action<Dictionary<string, string>>? spoil = null) => client.PinduoduoAsync("pdd.order.number.list.increment.get",
            new { is_lucky_flag = 0, order_status = 5, refund_status = 5, start_updated_at = PlatformClients.Unix(client.Now.AddMinutes(-minutes)), end_updated_at = PlatformClients.Unix(client.Now), page = 1, page_size = size }, spoil);

        (await List()).TryGetProperty("order_sn_increment_get_response", out _).ShouldBeTrue();
        Code(await List(spoil: p => p["sign"] = "00")).ShouldBe(20004);
        Code(await List(spoil: p => p["timestamp"] = PlatformClients.Unix(client.Now - Stale))).ShouldBe(10001);
        Code(await List(spoil: p => p["access_token"] = "nobody")).ShouldBe(20032);
        Code(await List(minutes: 31)).ShouldBe(50001);
        Code(await List(size: 101)).ShouldBe(21001);

        static int Code(JsonElement answer) => answer.GetProperty("error_response").GetProperty("error_code").GetInt32();
    }

    [Fact]
    public async Task Douyin_refuses_what_the_open_platform_refuses()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        Task<JsonElement> Search(int size = 100, object? statuses = null, Action<Dictionary<string, string>>? spoil = null) =>
            client.DouyinAsync("order.searchList", new { combine_status = statuses ?? new[] { new { order_status = "2,101" } }, page = 0, size }, spoil);

        Code(await Search()).ShouldBe((10000, ""));
        Code(await Search(spoil: p => p["sign"] = "00")).ShouldBe((40003, "isv.signature-invalid"));
        Code(await Search(spoil: p => p["timestamp"] = PlatformClients.Unix(client.Now - Stale))).ShouldBe((40003, "isv.parameter-invalid:timestamp"));
        Code(await Search(spoil: p => p["access_token"] = "nobody")).ShouldBe((40003, "isv.access-token-no-existed"));
        Code(await Search(size: 101)).ShouldBe((40003, "isv.parameter-invalid"));
        Code(await Search(statuses: new[] { new { order_status = "2" }, new { order_status = "3" } })).ShouldBe((40003, "isv.parameter-invalid"));

        static (int, string) Code(JsonElement answer) => (answer.GetProperty("code").GetInt32(), answer.GetProperty("sub_code").GetString()!);
    }

    [Fact]
    public async Task The_own_mall_refuses_bad_signatures_old_times_replays_and_long_windows()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        string Orders(int hours = 1, int size = 50) => $"/mall/v1/orders?updated_since={Uri.EscapeDataString(client.Now.AddHours(-hours).ToString("o"))}&page_size={size}";
        async Task<(int, string)> Refused(string path, Action<HttpRequestMessage>? spoil = null)
        {
            var (status, body) = await client.MallAsync(HttpMethod.Get, path, spoil: spoil);
            return (status, body.TryGetProperty("code", out var code) ? code.GetString()! : "");
        }
        static void Set(HttpRequestMessage request, string header, string value)
        {
            request.Headers.Remove(header);
            request.Headers.Add(header, value);
        }

        (await Refused(Orders())).ShouldBe((200, ""));
        (await Refused(Orders(), r => Set(r, "X-Oms-Signature", "v1=AAAA"))).ShouldBe((401, "sign_invalid"));
        (await Refused(Orders(), r => Set(r, "X-Oms-Timestamp", PlatformClients.Unix(client.Now.AddSeconds(-301))))).ShouldBe((401, "timestamp_skew"));
        (await Refused(Orders(hours: 25))).ShouldBe((422, "invalid"));
        (await Refused(Orders(size: 101))).ShouldBe((422, "invalid"));

        var path = Orders();
        HttpRequestMessage? first = null;
        (await Refused(path, r => first = r)).ShouldBe((200, ""));
        (await Refused(path, r =>
        {
            foreach (var header in first!.Headers) Set(r, header.Key, header.Value.First());
        })).ShouldBe((401, "nonce_replayed"));
    }

    [Fact]
    public async Task Too_many_calls_in_a_second_are_throttled_in_each_platforms_own_words()
    {
        await using var setup = await SandboxSetup.StartAsync(o => o with { CallsPerSecond = 2 });
        var client = new PlatformClients(setup);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PinduoduoAsync("pdd.order.status.get", new { order_sns = "1" })));
        answers.Select(a => Error(a, "error_code")).ShouldContain(70031);
        var top = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.TaobaoAsync("taobao.trade.fullinfo.get", new { fields = "tid", tid = 1 })));
        top.Select(a => Error(a, "code")).ShouldContain(7);

        static int Error(JsonElement answer, string name) => answer.TryGetProperty("error_response", out var error) ? error.GetProperty(name).GetInt32() : 0;
    }

    [Fact]
    public async Task Couriers_refuse_bad_signatures_and_queries_more_often_than_half_hourly()
    {
        await using var setup = await SandboxSetup.StartAsync(o => o with { PickupDelay = TimeSpan.Zero });
        var client = new PlatformClients(setup);
        var no = setup.World.PublishOrder(SandboxPlatform.Mall, SandboxSetup.Order("SKU-A"));
        (await client.MallAsync(HttpMethod.Post, $"/mall/v1/orders/{no}/shipments", new { packages = new[] { new { carrier_code = "YTO", waybill_no = "YT1234567890123" } } },
            r => r.Headers.Add("Idempotency-Key", "k1"))).Status.ShouldBe(200);
        var query = new { com = "yuantong", num = "YT1234567890123", resultv2 = "4" };
        (await client.TrackAsync(query, p => p["sign"] = "00")).GetProperty("returnCode").GetString().ShouldBe("503");
        (await client.TrackAsync(query)).GetProperty("state").GetString().ShouldBe("1");
        (await client.TrackAsync(query)).GetProperty("returnCode").GetString().ShouldBe("500");
        setup.Clock.Ahead = TimeSpan.FromMinutes(31);
        (await client.TrackAsync(query)).GetProperty("state").GetString().ShouldBe("3");
    }
}
