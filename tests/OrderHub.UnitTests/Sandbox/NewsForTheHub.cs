using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox;
using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Mall;

namespace OrderHub.UnitTests.Sandbox;

public sealed class NewsForTheHub
{
    [Fact]
    public async Task The_own_mall_hints_at_a_new_order_with_a_valid_signature()
    {
        await using var hub = await Ear.StartAsync();
        await using var setup = await SandboxSetup.StartAsync(o => o with { HubBaseUrl = hub.Url, MallDirectPushShare = 0 });
        var no = setup.World.PublishOrder(SandboxPlatform.Mall, SandboxSetup.Order("SKU-A"));
        await SandboxSetup.Eventually(() => hub.Heard.Count == 1);
        var news = hub.Heard.Single();
        news.Path.ShouldBe("/oms/v1/webhooks/mall");
        news.Headers["X-Oms-Event"].ShouldBe("order.paid");
        news.Headers["X-Oms-Signature"].ShouldBe(MallSignature.Of(SandboxCredentials.Mall.AppSecret, news.Headers["X-Oms-Timestamp"], news.Headers["X-Oms-Nonce"],
            "POST", news.Path, Encoding.UTF8.GetBytes(news.Body)));
        using var body = JsonDocument.Parse(news.Body);
        body.RootElement.GetProperty("data").GetProperty("order_no").GetString().ShouldBe(no);
    }

    [Fact]
    public async Task A_push_the_hub_could_not_take_comes_again()
    {
        await using var hub = await Ear.StartAsync();
        hub.Status = 503;
        await using var setup = await SandboxSetup.StartAsync(o => o with { HubBaseUrl = hub.Url, MallDirectPushShare = 1 });
        setup.World.PublishOrder(SandboxPlatform.Mall, SandboxSetup.Order("SKU-A"));
        await SandboxSetup.Eventually(() => hub.Heard.Count == 1);
        hub.Status = 200;
        setup.Clock.Ahead = TimeSpan.FromSeconds(11);
        await SandboxSetup.Eventually(() => hub.Heard.Count == 2);
        hub.Heard.Select(n => n.Path).Distinct().ShouldBe(["/api/v1/shops/mini-demo/orders"]);
    }

    [Fact]
    public async Task A_subscribed_parcel_is_told_from_pick_up_to_signature_signed_with_the_subscribers_salt()
    {
        await using var hub = await Ear.StartAsync();
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        var subscription = new
        {
            company = "yuantong", number = "YT1234567890123", from = "江苏省苏州市", to = "广东省深圳市南山区", key = SandboxCredentials.Kuaidi100Key,
            parameters = new { callbackurl = hub.Url + "/courier", salt = "s@lt", resultv2 = "4" },
        };
        (await client.SubscribeAsync(subscription)).GetProperty("returnCode").GetString().ShouldBe("200");
        (await client.SubscribeAsync(subscription)).GetProperty("returnCode").GetString().ShouldBe("501");
        setup.Clock.Ahead = TimeSpan.FromSeconds(19);
        await SandboxSetup.Eventually(() => hub.Heard.Count == 1);
        var first = Param(hub.Heard.First());
        first.GetProperty("status").GetString().ShouldBe("polling");
        first.GetProperty("lastResult").GetProperty("state").GetString().ShouldBe("1");

        setup.Clock.Ahead = TimeSpan.FromMinutes(10);
        await SandboxSetup.Eventually(() => hub.Heard.Count > 1);
        var last = Param(hub.Heard.Last());
        last.GetProperty("status").GetString().ShouldBe("shutdown");
        last.GetProperty("lastResult").GetProperty("state").GetString().ShouldBe("3");
    }

    private static JsonElement Param(News news)
    {
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(news.Body);
        form["sign"].ToString().ShouldBe(TrackingSignature.Push(form["param"]!, "s@lt"));
        using var param = JsonDocument.Parse(form["param"].ToString());
        return param.RootElement.Clone();
    }

    private sealed record News(string Path, Dictionary<string, string> Headers, string Body);

    /// <summary>Where the hub would listen.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly WebApplication _web;

        private Ear(WebApplication web) => _web = web;

        public ConcurrentQueue<News> Heard { get; } = new();
        public string Url => _web.Urls.First();
        public int Status { get; set; } = 200;

        public static async Task<Ear> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var ear = new Ear(builder.Build());
            ear._web.Run(ear.HearAsync);
            await ear._web.StartAsync();
            return ear;
        }

        public ValueTask DisposeAsync() => _web.DisposeAsync();

        private async Task HearAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            Heard.Enqueue(new(http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), await reader.ReadToEndAsync()));
            http.Response.StatusCode = Status;
            await http.Response.WriteAsync("""{"result":true,"returnCode":"200","message":"成功"}""");
        }
    }
}
