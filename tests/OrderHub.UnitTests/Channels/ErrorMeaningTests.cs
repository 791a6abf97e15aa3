using System.Net;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.UnitTests.Channels;

public sealed class ErrorMeaningTests
{
    [Theory]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-api-access-count","sub_msg":"This ban will last for 42 more seconds"}}""", "accesscontrol.limited-by-api-access-count", true, 42)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":8,"msg":"frequency"}}""", "8", true, null)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":10,"msg":"unavailable"}}""", "10", true, null)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isp.top-remote-connection-timeout"}}""", "isp.top-remote-connection-timeout", true, null)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isv.item-not-exist"}}""", "isv.item-not-exist", false, null)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":25,"msg":"Invalid signature"}}""", "25", false, null)]
    [InlineData(ShopKind.Taobao, """{"error_response":{"code":27,"msg":"Invalid session","sub_code":"invalid-sessionkey"}}""", "invalid-sessionkey", false, null)]
    [InlineData(ShopKind.Taobao, """{"something":{}}""", "answer.incomplete", true, null)]
    [InlineData(ShopKind.Jd, """{"error_response":{"code":"8","zh_desc":"时间戳无效","en_desc":"Invalid timestamp"}}""", "8", false, null)]
    [InlineData(ShopKind.Jd, """{"error_response":{"en_desc":"x","zh_desc":"平台连接后端服务不可用","code":"65"}}""", "65", true, null)]
    [InlineData(ShopKind.Jd, """{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":"false","message":"库存服务拒绝"}}}""", "business", false, null)]
    [InlineData(ShopKind.Jd, """{"jingdong_ware_stock_sku_set_responce":{"code":"0","returnType":{"success":true,"obj":{"updateStockResult":[{"data":"1","success":false,"message":"SKU不存在"}]}}}}""", "business", false, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"限流","sub_msg":"","sub_code":null,"error_code":52101}}""", "52101", true, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"x","error_code":52103}}""", "52103", true, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"x","error_code":70031}}""", "70031", true, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"x","error_code":70033}}""", "70033", true, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"x","error_code":50000}}""", "50000", true, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"x","error_code":50001}}""", "50001", false, null)]
    [InlineData(ShopKind.Pinduoduo, """{"error_response":{"error_msg":"access_token已过期","sub_code":"10019","error_code":10019}}""", "10019", false, null)]
    [InlineData(ShopKind.Douyin, """{"code":20000,"msg":"服务不可用","sub_code":"isp.service-error:1","sub_msg":"稍后","data":null}""", "isp.service-error:1", true, null)]
    [InlineData(ShopKind.Douyin, """{"code":40003,"msg":"非法参数","sub_code":"isv.signature-invalid","sub_msg":"签名错误","data":null}""", "isv.signature-invalid", false, null)]
    [InlineData(ShopKind.Douyin, """{"code":50002,"msg":"失败","sub_code":"isv.business-failed:9","sub_msg":"x","data":null}""", "isv.business-failed:9", false, null)]
    public async Task The_platforms_own_codes_say_whether_to_try_again(ShopKind kind, string json, string code, bool transient, int? retryAfterSeconds)
    {
        var error = await RefusedAsync(kind, () => FakePlatform.Json(json));
        (error.Code, error.IsTransient, error.RetryAfter).ShouldBe((code, transient, retryAfterSeconds is { } s ? TimeSpan.FromSeconds(s) : (TimeSpan?)null));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"code":"timestamp_skew","message":"时间"}""", "timestamp_skew", false)]
    [InlineData((HttpStatusCode)422, """{"code":"invalid","message":"数量"}""", "invalid", false)]
    [InlineData(HttpStatusCode.BadRequest, """{"oops":1}""", "http.400", false)]
    public async Task The_mall_refuses_by_status_and_code(HttpStatusCode status, string json, string code, bool transient)
    {
        var error = await RefusedAsync(ShopKind.Mall, () => FakePlatform.Json(json, status));
        (error.Code, error.IsTransient).ShouldBe((code, transient));
    }

    public static TheoryData<ShopKind> Kinds => [.. Enum.GetValues<ShopKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Trouble_on_the_line_is_worth_another_try(ShopKind kind)
    {
        var limited = FakePlatform.Json("{}", HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
        var waits = await RefusedAsync(kind, () => limited);
        (waits.Code, waits.IsTransient, waits.RetryAfter).ShouldBe(("http.429", true, TimeSpan.FromSeconds(7)));

        Func<HttpResponseMessage>[] troubles =
        [
            () => FakePlatform.Json("<html>502</html>", HttpStatusCode.BadGateway), () => FakePlatform.Json("{\"half\":", HttpStatusCode.OK), () => FakePlatform.Json("[]", HttpStatusCode.OK),
            () => throw new HttpRequestException("refused"), () => throw new TaskCanceledException("time-out", new TimeoutException()),
        ];
        foreach (var trouble in troubles) (await RefusedAsync(kind, trouble)).IsTransient.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_wrong_address_is_not_tried_again(ShopKind kind) =>
        (await RefusedAsync(kind, () => FakePlatform.Json("<html>not here</html>", HttpStatusCode.NotFound))).IsTransient.ShouldBeFalse();

    [Fact]
    public async Task A_caller_that_stops_waiting_is_no_trouble_of_the_platform()
    {
        using var stop = new CancellationTokenSource();
        var platform = new FakePlatform(ShopKind.Taobao, _ =>
        {
            stop.Cancel();
            throw new TaskCanceledException();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => platform.Adapter().SetStockAsync(platform.Shop, new("1", "2", "A"), 3, stop.Token));
    }

    private static async Task<PlatformException> RefusedAsync(ShopKind kind, Func<HttpResponseMessage> answer)
    {
        var platform = new FakePlatform(kind, _ => answer());
        return await Should.ThrowAsync<PlatformException>(() => platform.Adapter().SetStockAsync(platform.Shop, new("1", "2", "A"), 3, CancellationToken.None));
    }
}
