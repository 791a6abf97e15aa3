using System.Net;
using System.Text.Json;
using OrderHub.Channels.Webhooks;

namespace OrderHub.PostgresTests.Channels;

public sealed class PushTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    private static readonly string Path = MallPush.Path(ChannelWorld.Mall);

    [Fact]
    public async Task A_pushed_order_is_answered_after_commit_and_the_same_again_is_unchanged_under_the_same_number()
    {
        var sku = await world.StockedSkuAsync("PUSH-1", 10);
        var order = FakePlatform.Order("M-1", sku.Code, 3).Json;

        var first = await ResultsAsync(await PushAsync(Orders(order)));
        first[0].GetProperty("outcome").GetString().ShouldBe("accepted");
        first[0].GetProperty("state").GetString().ShouldBe("ALLOCATED");
        first[0].GetProperty("orderNo").GetString().ShouldBe("M-1");

        var again = await ResultsAsync(await PushAsync(Orders(order)));
        again[0].GetProperty("outcome").GetString().ShouldBe("unchanged");
        again[0].GetProperty("hubOrderNo").GetString().ShouldBe(first[0].GetProperty("hubOrderNo").GetString());
        (await world.CountAsync("select reserved::bigint from inventory_stock where sku_id = $1", sku.Id)).ShouldBe(3);
    }

    [Fact]
    public async Task One_bad_order_never_spoils_the_others_and_answers_keep_their_sequence()
    {
        var sku = await world.StockedSkuAsync("PUSH-2", 10);
        var results = await ResultsAsync(await PushAsync(Orders(FakePlatform.Order("M-10", sku.Code).Json, "\"nonsense\"", """{"order_no":"M-11"}""",
            FakePlatform.Order("M-12", sku.Code, title: "\0").Json, FakePlatform.Order("M-13", sku.Code).Json)));

        results.Select(r => r.GetProperty("outcome").GetString()).ShouldBe(["accepted", "quarantined", "quarantined", "quarantined", "accepted"]);
        results.Select(r => r.GetProperty("orderNo").GetString()).ShouldBe(["M-10", null, "M-11", "M-12", "M-13"]);
        results[2].GetProperty("reason").GetString().ShouldBe("缺少 sku_code");
        results[2].GetProperty("hubOrderNo").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task An_older_version_is_stale()
    {
        var sku = await world.StockedSkuAsync("PUSH-3", 10);
        await PushAsync(Orders(FakePlatform.Order("M-20", sku.Code, version: 5).Json));
        (await ResultsAsync(await PushAsync(Orders(FakePlatform.Order("M-20", sku.Code, version: 4).Json))))[0].GetProperty("outcome").GetString().ShouldBe("stale");
    }

    [Fact]
    public async Task The_same_order_pushed_by_many_at_once_is_one_order()
    {
        var sku = await world.StockedSkuAsync("PUSH-4", 100);
        var order = FakePlatform.Order("M-30", sku.Code).Json;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await ResultsAsync(await PushAsync(Orders(order))))[0]));
        answers.Count(a => a.GetProperty("outcome").GetString() == "accepted").ShouldBe(1);
        answers.Select(a => a.GetProperty("hubOrderNo").GetString()).Distinct().Count().ShouldBe(1);
        (await world.CountAsync("select reserved::bigint from inventory_stock where sku_id = $1", sku.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_replayed_nonce_a_wrong_signature_and_an_old_timestamp_are_refused_with_their_codes()
    {
        var body = Orders("{}");
        (await CodeAsync(await PushAsync(body, nonce: "n-replayed"), HttpStatusCode.OK)).ShouldBeNull();
        (await CodeAsync(await PushAsync(body, nonce: "n-replayed"), HttpStatusCode.Unauthorized)).ShouldBe("nonce_replayed");
        (await CodeAsync(await PushAsync(body, secret: "wrong"), HttpStatusCode.Unauthorized)).ShouldBe("sign_invalid");
        (await CodeAsync(await PushAsync(body, age: TimeSpan.FromSeconds(330)), HttpStatusCode.Unauthorized)).ShouldBe("timestamp_skew");
        (await CodeAsync(await world.Http.PostAsync(Path, new StringContent(body)), HttpStatusCode.Unauthorized)).ShouldBe("sign_invalid");
    }

    [Fact]
    public async Task A_replayed_nonce_among_many_pushes_writes_nothing_and_the_others_are_accepted()
    {
        var sku = await world.StockedSkuAsync("PUSH-6", 100);
        (await PushAsync(Orders(FakePlatform.Order("M-60", sku.Code).Json), nonce: "n-once")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(61, 30).Select(i => PushAsync(Orders(FakePlatform.Order($"M-{i}", sku.Code).Json), nonce: i == 75 ? "n-once" : null)));

        answers.Select((a, i) => (Order: i + 61, a.StatusCode)).Where(a => a.StatusCode != HttpStatusCode.OK).ShouldHaveSingleItem().ShouldBe((75, HttpStatusCode.Unauthorized));
        (await world.CountAsync("select count(*) from orders_orders where platform_order_no between 'M-60' and 'M-99'")).ShouldBe(30);
        (await world.CountAsync("select count(*) from channels_inbox where external_id = 'M-75'")).ShouldBe(0);
        (await world.CountAsync("select reserved::bigint from inventory_stock where sku_id = $1", sku.Id)).ShouldBe(30);
    }

    [Fact]
    public async Task What_is_no_list_of_1_to_500_orders_is_invalid_and_an_unknown_shop_is_not_found()
    {
        foreach (var body in new[] { "{", "[]", "null", """{"orders":[]}""", """{"orders":{}}""", Orders([.. Enumerable.Repeat("{}", 501)]) })
            (await CodeAsync(await PushAsync(body), HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid");
        (await CodeAsync(await PushAsync(Orders("{}"), path: "/api/v1/shops/nobody/orders"), HttpStatusCode.NotFound)).ShouldBe("not_found");
    }

    [Fact]
    public async Task A_hint_is_stored_once_and_its_order_is_fetched()
    {
        const string path = "/oms/v1/webhooks/mall", hint = """{"id":"evt_1","event":"order.paid","shop":"mini-test","data":{"order_no":"M-40","version":3}}""";
        var sku = await world.StockedSkuAsync("PUSH-5", 10);
        world.MallPlatform.Publish(FakePlatform.Order("M-40", sku.Code, version: 3), DateTimeOffset.UnixEpoch);

        (await PushAsync(hint, path: path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await PushAsync(hint, path: path)).Content.ReadAsStringAsync()).ShouldBe("""{"ok":true}""");
        (await world.InScopeAsync<FollowHintsHandler, int>(h => h.HandleAsync(world.MallShopId, default))).ShouldBe(1);

        (await world.CountAsync("select count(*) from orders_orders where platform_order_no = 'M-40'")).ShouldBe(1);
        (await world.CountAsync("select count(*) from channels_hints where state = 2")).ShouldBe(1);
    }

    private static string Orders(params string[] orders) => MallPush.Orders(orders);

    private async Task<HttpResponseMessage> PushAsync(string body, string? path = null, string? nonce = null, string secret = ChannelWorld.AppSecret, TimeSpan age = default)
    {
        using var request = MallPush.Request(path ?? Path, body, ChannelWorld.AppKey, secret, nonce, age);
        return await world.Http.SendAsync(request);
    }

    private static async Task<IReadOnlyList<JsonElement>> ResultsAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results").EnumerateArray()];
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
