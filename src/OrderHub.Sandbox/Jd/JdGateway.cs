using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Jd;

/// <summary>Business parameters travel as one JSON text in 360buy_param_json, which is signed as sent. Roots end in "responce", misspelt as in reality.</summary>
internal sealed class JdGateway(WorldState world)
{
    // tighter than the other platforms
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(6);
    private static readonly SandboxShop Shop = SandboxCredentials.Jd;
    private readonly ConcurrentDictionary<string, JsonNode> _stockAnswers = new();

    public void Map(WebApplication web) => web.MapMethods("/jd/routerjson", ["GET", "POST"], HandleAsync);

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct) =>
        Answers.Json(Answer(await Incoming.ParametersAsync(request, ct)));

    internal JsonObject Answer(IReadOnlyDictionary<string, string> parameters)
    {
        string Get(string name) => parameters.GetValueOrDefault(name, "");

        if (!JdMethods.All.TryGetValue(Get("method"), out var method)) return Error("15", "不存在的方法名", "Invalid method");
        if (Get("app_key") != Shop.AppKey) return Error("21", "无效App Key", "Invalid app key");
        if (Get("timestamp").Length == 0) return Error("7", "缺少时间戳参数", "Missing Timestamp");
        if (!Time(Get("timestamp"), out var at) || !at.IsWithin(Tolerance, world.Clock.GetUtcNow())) return Error("8", "时间戳无效", "Invalid timestamp");
        if (Get("v") != "2.0") return Error("5", "不支持的版本号", "Unsupported Version");
        if (Get("sign").Length == 0) return Error("11", "缺少签名参数", "Missing Signature");
        if (!Digest.Same(JdSignature.Of(Shop.AppSecret, parameters), Get("sign"))) return Error("12", "无效签名", "Invalid signature");
        if (world.Tokens.Judge(SandboxPlatform.Jd, Get("access_token")) != TokenState.Valid) return Error("19", "token已过期或不存在，请重新授权", "Invalid access_token");
        if (!world.Limiter.Allows("jd/" + Get("access_token"))) return Error("2", "限制时间内调用失败次数", "App Call Limited");
        if (Incoming.Object(Get("360buy_param_json").Length == 0 ? "{}" : Get("360buy_param_json")) is not { } business) return Error("63", "json格式不合法", "Invalid json");
        var body = method(new JdCall(business, world, _stockAnswers));
        body.Insert(0, "code", "0");
        return new JsonObject { [Get("method").Replace('.', '_') + "_responce"] = body };
    }

    private static bool Time(string text, out DateTimeOffset at) =>
        ChinaTime.TryParse(text, out at)
        || (text.EndsWith("+0800", StringComparison.Ordinal) && ChinaTime.TryParse(text[..^5], "yyyy-MM-dd HH:mm:ss.fff", out at));

    private static JsonObject Error(string code, string zh, string en) => new()
    {
        ["error_response"] = new JsonObject { ["code"] = code, ["zh_desc"] = zh, ["en_desc"] = en },
    };
}

internal static class JdSignature
{
    public static string Of(string secret, IEnumerable<KeyValuePair<string, string>> parameters) =>
        Digest.Md5Upper(secret + Digest.SortedText(parameters) + secret);
}

/// <param name="StockAnswers">Answers already given, by idempotency id.</param>
internal sealed record JdCall(JsonElement Business, WorldState World, ConcurrentDictionary<string, JsonNode> StockAnswers)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Business.Text(name) is { Length: > 0 } text ? text : null;
}

internal static class JdMethods
{
    public static readonly IReadOnlyDictionary<string, Func<JdCall, JsonObject>> All = new Dictionary<string, Func<JdCall, JsonObject>>
    {
        ["jingdong.pop.order.search"] = call => JdOrders.Search(call, encrypted: false),
        ["jingdong.pop.order.enSearch"] = call => JdOrders.Search(call, encrypted: true),
        ["jingdong.pop.order.get"] = call => JdOrders.Get(call, encrypted: false),
        ["jingdong.pop.order.enGet"] = call => JdOrders.Get(call, encrypted: true),
        ["jingdong.pop.order.notPayOrderInfo"] = JdOrders.Unpaid,
        ["jingdong.pop.order.shipment"] = JdShipping.Ship,
        ["jingdong.pop.order.modifyVenderRemark"] = JdOrders.Remark,
        ["jingdong.ware.stock.sku.query"] = JdStock.Read,
        ["jingdong.ware.stock.sku.set"] = JdStock.Set,
        ["jingdong.stock.write.updateSkuStock"] = JdStock.Update,
        ["jingdong.pop.afs.soa.refundapply.queryPageList"] = JdRefunds.Applications,
        ["jingdong.pop.afs.soa.refundapply.replyRefund"] = JdRefundAnswers.Reply,
        ["jingdong.asc.serviceAndRefund.view"] = JdRefunds.AfterShipping,
        ["jingdong.vender.shop.query"] = _ => new()
        {
            ["shop_jos_result"] = new JsonObject { ["vender_id"] = 10001, ["shop_id"] = 20001, ["shop_name"] = SandboxCredentials.Jd.ShopName },
        },
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];
}
