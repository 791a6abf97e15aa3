using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Douyin;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;

namespace OrderHub.PostgresTests.Channels;

/// <summary>The Douyin shop's message push, over real HTTP with its signature.</summary>
public sealed class DouyinMessageTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    private const string Shop = "dy-messages", App = "dy-app", Secret = "dy-secret";

    [Fact]
    public async Task A_signed_message_becomes_one_hint_however_often_it_comes()
    {
        await ConnectAsync();
        var body = Messages(("110", "m-1", new { p_id = 6910000000000000001, shop_id = 1 }), ("200", "m-2", new { aftersale_id = 7001, p_id = 6910000000000000001 }), ("400", "m-3", new { product_id = 5 }));
        (await SendAsync(body)).ShouldBe((HttpStatusCode.OK, 0));
        (await SendAsync(body)).ShouldBe((HttpStatusCode.OK, 0));
        var hints = await world.Database.QueryAsync("select event_id, event, subject from channels_hints where event_id like 'm-%' order by event_id", r => (r.GetString(0), r.GetString(1), r.GetString(2)), default);
        hints.ShouldBe([("m-1", "order.110", "6910000000000000001"), ("m-2", "refund.200", "7001")]);
    }

    [Fact]
    public async Task A_message_nobody_we_know_signed_is_refused()
    {
        await ConnectAsync();
        var body = Messages(("110", "forged-1", new { p_id = 1 }));
        (await SendAsync(body, secret: "another")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.CountAsync("select count(*) from channels_hints where event_id = 'forged-1'")).ShouldBe(0);
    }

    [Theory, InlineData("{}"), InlineData("nonsense")]
    public async Task What_is_no_list_of_messages_is_said(string body)
    {
        await ConnectAsync();
        (await SendAsync(body)).ShouldBe((HttpStatusCode.UnprocessableEntity, 1));
    }

    [Fact]
    public async Task One_message_nobody_can_read_keeps_no_other_back()
    {
        await ConnectAsync();
        (await SendAsync("""[7,{"tag":"110","msg_id":"half","data":"{"},{"tag":"110","msg_id":{},"data":"{}"},{"tag":"110","msg_id":"whole-1","data":"{\"p_id\":42}"}]""")).ShouldBe((HttpStatusCode.OK, 0));
        (await world.CountAsync("select count(*) from channels_hints where event_id in ('half', 'whole-1')")).ShouldBe(1);
    }

    /// <summary>Saving the address sends a check, which only wants its answer.</summary>
    [Fact]
    public async Task The_check_of_our_address_is_answered()
    {
        await ConnectAsync();
        (await SendAsync("""[{"tag":"0","msg_id":"0","data":"2026-11-11 00:00:00"}]""")).ShouldBe((HttpStatusCode.OK, 0));
    }

    private static string Messages(params (string Tag, string Id, object Data)[] messages) =>
        JsonSerializer.Serialize(messages.Select(m => new { tag = m.Tag, msg_id = m.Id, data = JsonSerializer.Serialize(m.Data) }));

    private async Task ConnectAsync()
    {
        await world.InScopeAsync<ICatalogImport, bool>(async c =>
        {
            await c.UpsertShopsAsync([new(Shop, "抖音测试店", ShopKind.Douyin, LockPolicy.OnPayment, 24, 0)], Actor.System, default);
            return true;
        });
        await ChannelWorld.EventuallyAsync(async () => (await world.Services.GetRequiredService<ICatalog>().CurrentAsync(default)).ShopByCode(Shop));
        await world.InScopeAsync<IChannelSetup, bool>(async c =>
        {
            await c.ConnectAsync(new(Shop, "http://platform.test", App, Secret, "token", null, TimeSpan.FromSeconds(5)), Actor.System, default);
            return true;
        });
    }

    private async Task<(HttpStatusCode Status, int Code)> SendAsync(string body, string secret = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oms/v1/webhooks/douyin") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("event-sign", DouyinSigning.EventSign(App, body, secret));
        using var answer = await world.Http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.GetProperty("code").GetInt32());
    }
}
