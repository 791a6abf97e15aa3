using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaishou;

/// <summary>One path per method, the business JSON in <c>param</c>, everything signed. Reads are GET, the rest form POST.</summary>
internal sealed class KuaishouGateway(WorldState world)
{
    private const int TokenLifeSeconds = 48 * 3600;
    private const int RefreshLifeSeconds = 180 * 24 * 3600;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);
    private static readonly SandboxShop Shop = SandboxCredentials.Kuaishou;
    private static readonly string AppSecret = Shop.AppSecret.Split('|')[0];
    private static readonly string SignSecret = Shop.AppSecret.Split('|')[1];

    public void Map(WebApplication web)
    {
        web.MapPost("/kuaishou/oauth2/refresh_token", RefreshAsync);
        web.MapMethods("/kuaishou/open/{**path}", ["GET", "POST"], HandleAsync);
    }

    private async Task<IResult> HandleAsync(string path, HttpRequest request, CancellationToken ct)
    {
        var answer = Answer("open." + path.Replace('/', '.'), await Incoming.ParametersAsync(request, ct), request.Method);
        return Answers.Json(answer.ToJson(Answers.RequestId(world.Clock)));
    }

    internal KuaishouAnswer Answer(string path, IReadOnlyDictionary<string, string> parameters, string verb)
    {
        string Get(string name) => parameters.GetValueOrDefault(name, "");

        if (Get("appkey") != Shop.AppKey) return new(KuaishouAnswer.NoApp, "app不存在");
        if (Get("method") != path || !KuaishouMethods.All.TryGetValue(path, out var method)) return new(KuaishouAnswer.NoMethod, "api不存在");
        if (!HttpMethods.Equals(verb, method.Verb)) return new(KuaishouAnswer.NoMethod, $"请使用{method.Verb}请求");
        if (!long.TryParse(Get("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var millis) || millis > 253_000_000_000_000
            || !DateTimeOffset.FromUnixTimeMilliseconds(millis).IsWithin(Tolerance, world.Clock.GetUtcNow())) return new(KuaishouAnswer.BadSign, "timestamp无效");
        if (!Digest.Same(KuaishouSignature.Of(SignSecret, Get("signMethod"), parameters), Get("sign"))) return new(KuaishouAnswer.BadSign, "签名校验失败");
        if (world.Tokens.Judge(SandboxPlatform.Kuaishou, Get("access_token")) is var state and not TokenState.Valid)
            return new(KuaishouAnswer.BadToken, state == TokenState.Expired ? "TOKEN过期" : "鉴权失败");
        if (!world.Limiter.Allows("kuaishou/" + Get("access_token"))) return new(KuaishouAnswer.TooMany, $"Exceed qps limit, KEY [apiId:{path};appkey:{Shop.AppKey}], MAX_QPS [{world.Options.CallsPerSecond}.0]");
        return Incoming.Object(Get("param")) is { } business ? method.Run(new(business, world)) : KuaishouAnswer.Refused("param不是JSON对象");
    }

    private async Task<IResult> RefreshAsync(HttpRequest request, CancellationToken ct)
    {
        var parameters = await Incoming.ParametersAsync(request, ct);
        string Get(string name) => parameters.GetValueOrDefault(name, "");

        if (Get("app_id") != Shop.AppKey || Get("app_secret") != AppSecret) return Refusal(100200101, "unauthorized_client", "app非法");
        if (Get("grant_type") != "refresh_token") return Refusal(100200104, "unsupported_grant_type", "grant_type错误");
        if (Get("refresh_token") != Shop.RefreshToken) return Refusal(100200102, "access_denied", "invalid refresh_token");
        return Answers.Json(new JsonObject
        {
            ["result"] = 1, ["access_token"] = world.Tokens.Refresh(SandboxPlatform.Kuaishou), ["expires_in"] = TokenLifeSeconds,
            ["refresh_token"] = Shop.RefreshToken, ["refresh_token_expires_in"] = RefreshLifeSeconds,
            ["scopes"] = new JsonArray("merchant_order", "merchant_refund", "merchant_item", "merchant_logistics"),
        });
    }

    private static IResult Refusal(int result, string error, string text) => Answers.Json(new JsonObject { ["result"] = result, ["error"] = error, ["error_msg"] = text });
}

internal static class KuaishouSignature
{
    public static string? Of(string secret, string signMethod, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = string.Join('&', parameters.Where(p => p.Key != "sign").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")) + "&signSecret=" + secret;
        return signMethod switch
        {
            "HMAC_SHA256" => Convert.ToBase64String(Digest.HmacSha256(secret, text)),
            "MD5" => Digest.Md5Lower(text),
            _ => null,
        };
    }
}

/// <param name="Result">1 is success. The numbers of the gateway's own refusals (app, method, signature, token, pace) are ours: the documents at hand give their texts only.</param>
internal sealed record KuaishouAnswer(int Result, string Text, JsonNode? Data = null)
{
    public const int NoApp = 25, NoMethod = 22, BadSign = 27, BadToken = 28, TooMany = 1016;

    public static KuaishouAnswer Success(JsonNode? data) => new(1, "SUCCESS", data);

    /// <summary>Business refusals share this number.</summary>
    public static KuaishouAnswer Refused(string why) => new(21, why);

    public static KuaishouAnswer NotYours => Refused("order operation reject");

    public JsonObject ToJson(string requestId) => Result == 1
        ? new() { ["result"] = 1, ["code"] = "1", ["msg"] = Text, ["data"] = Data, ["requestId"] = requestId }
        : new() { ["result"] = Result, ["code"] = Result.ToString(CultureInfo.InvariantCulture), ["error_msg"] = Text, ["data"] = null, ["requestId"] = requestId };
}

internal sealed record KuaishouCall(JsonElement Business, WorldState World)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Business.Text(name) is { Length: > 0 } text ? text : null;

    public long Number(string name, long whenAbsent = 0) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : whenAbsent;

    public SandboxOrder? Order(string name) => Text(name) is { } no ? Market.Orders.Find(SandboxPlatform.Kuaishou, no) : null;
}

internal sealed record KuaishouMethod(string Verb, Func<KuaishouCall, KuaishouAnswer> Run);

internal static class KuaishouMethods
{
    public static readonly IReadOnlyDictionary<string, KuaishouMethod> All = new Dictionary<string, KuaishouMethod>
    {
        ["open.order.cursor.list"] = new("GET", KuaishouOrders.List),
        ["open.order.detail"] = new("GET", KuaishouOrders.Detail),
        ["open.seller.order.fee.detail"] = new("GET", KuaishouOrders.Fees),
        ["open.seller.order.note.add"] = new("POST", KuaishouOrders.Note),
        ["open.seller.order.goods.deliver"] = new("POST", KuaishouShipping.Deliver),
        ["open.order.goods.split.deliver"] = new("POST", KuaishouShipping.DeliverSplit),
        ["open.item.sku.list.get"] = new("GET", KuaishouStock.Skus),
        ["open.item.sku.stock.update"] = new("POST", KuaishouStock.Change),
        ["open.seller.order.refund.pcursor.list"] = new("GET", KuaishouRefunds.List),
        ["open.seller.order.refund.detail"] = new("GET", KuaishouRefunds.Detail),
        ["open.seller.order.refund.approve"] = new("POST", KuaishouRefunds.Approve),
        ["open.seller.order.refund.returngoods.approve"] = new("POST", KuaishouRefunds.ApproveReturn),
        ["open.seller.order.refund.confirm.receipt"] = new("POST", KuaishouRefunds.ApproveReturn),
        ["open.refund.reject.reason"] = new("GET", KuaishouRefunds.Reasons),
        ["open.refund.reject"] = new("POST", KuaishouRefunds.Reject),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];
}
