using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

/// <summary>One path per method; the body is the business JSON and is signed byte for byte as sent.</summary>
internal sealed class DouyinGateway(WorldState world)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);
    private static readonly SandboxShop Shop = SandboxCredentials.Douyin;

    public void Map(WebApplication web) => web.MapMethods("/douyin/{**path}", ["POST", "GET"], HandleAsync);

    private async Task<IResult> HandleAsync(string path, HttpRequest request, CancellationToken ct)
    {
        var body = await Incoming.BodyAsync(request, ct);
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        var answer = Answer(path, query, body.Length > 0 ? body : query.GetValueOrDefault("param_json", "{}"));
        return Answers.Json(answer.ToJson(Answers.RequestId(world.Clock)));
    }

    internal DouyinAnswer Answer(string path, IReadOnlyDictionary<string, string> query, string paramJson)
    {
        string Get(string name) => query.GetValueOrDefault(name, "");

        if (Get("app_key").Length == 0) return DouyinAnswer.Missing("isv.app-id-missing", "缺少app_key");
        if (Get("app_key") != Shop.AppKey) return new(30001, "没有权限", "dop.app-forbidden", "应用不存在");
        if (Get("method").Length == 0 || Get("timestamp").Length == 0) return DouyinAnswer.Missing("isv.parameter-missing", "缺少method或timestamp");
        if (Get("method") != path.Replace('/', '.')) return DouyinAnswer.Invalid("isv.parameter-invalid", "method与请求路径不一致");
        if (Get("v") != "2") return DouyinAnswer.Invalid("isv.parameter-invalid", "v必须为2");
        if (!Time(Get("timestamp"), out var at) || !at.IsWithin(Tolerance, world.Clock.GetUtcNow()))
            return DouyinAnswer.Invalid("isv.parameter-invalid:timestamp", "时间戳与服务器相差超过10分钟");
        if (Get("sign").Length == 0) return DouyinAnswer.Missing("isv.signature-missing", "缺少sign");
        var sign = DouyinSignature.Of(Shop.AppSecret, Get("sign_method"), Get("app_key"), Get("method"), paramJson, Get("timestamp"));
        if (!Digest.Same(sign, Get("sign"))) return DouyinAnswer.Invalid("isv.signature-invalid", "签名错误");
        if (!DouyinMethods.All.TryGetValue(Get("method"), out var method)) return new(30001, "没有权限", "isv.app-permissions-insufficient", "应用没有该接口的权限");
        if (method.NeedsToken && TokenFault(Get("access_token")) is { } noToken) return noToken;
        if (!world.Limiter.Allows("douyin/" + Get("access_token"))) return new(20000, "服务不可用", "isp.service-error:rate-limited", "请求过于频繁，请稍后重试");
        if (Incoming.Object(paramJson) is not { } business) return DouyinAnswer.Invalid("isv.parameter-format-invalid", "param_json不是JSON对象");
        return method.Run(new DouyinCall(business, world));
    }

    private DouyinAnswer? TokenFault(string token) => world.Tokens.Judge(SandboxPlatform.Douyin, token) switch
    {
        TokenState.Valid => null,
        TokenState.Missing => DouyinAnswer.Missing("isv.access-token-missing", "缺少access_token"),
        TokenState.Expired => DouyinAnswer.Invalid("isv.access-token-expired", "access_token已过期"),
        _ => DouyinAnswer.Invalid("isv.access-token-no-existed", "access_token不存在"),
    };

    private static bool Time(string text, out DateTimeOffset at) => ChinaTime.TryParseUnix(text, out at) || ChinaTime.TryParse(text, out at);
}

internal static class DouyinSignature
{
    /// <summary>The secret wraps the text and is the HMAC key as well. Without a sign method the platform still checks MD5.</summary>
    public static string? Of(string secret, string signMethod, string appKey, string method, string paramJson, string timestamp)
    {
        var text = $"{secret}app_key{appKey}method{method}param_json{paramJson}timestamp{timestamp}v2{secret}";
        return signMethod switch
        {
            "hmac-sha256" => Convert.ToHexStringLower(Digest.HmacSha256(secret, text)),
            "" or "md5" => Digest.Md5Lower(text),
            _ => null,
        };
    }
}

internal sealed record DouyinAnswer(int Code, string Msg, string SubCode, string SubMsg, JsonNode? Data = null)
{
    public static DouyinAnswer Success(JsonNode data) => new(10000, "success", "", "", data);

    public static DouyinAnswer Missing(string subCode, string reason) => new(40001, "缺少参数", subCode, reason);

    public static DouyinAnswer MissingBusiness(string name) => new(40002, "缺少业务参数", "isv.parameter-missing", name);

    public static DouyinAnswer Invalid(string subCode, string reason) => new(40003, "非法参数", subCode, reason);

    public static DouyinAnswer Business(string subCode, string reason) => new(50002, "业务处理失败", "isv.business-failed:" + subCode, reason);

    public JsonObject ToJson(string logId) => new()
    {
        ["code"] = Code, ["msg"] = Msg, ["sub_code"] = SubCode, ["sub_msg"] = SubMsg, ["log_id"] = logId, ["data"] = Data,
    };
}

internal sealed record DouyinCall(JsonElement Business, WorldState World)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Business.Text(name) is { Length: > 0 } text ? text : null;

    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public DouyinAnswer? Pages(int deepest, out int page, out int size)
    {
        page = (int)Math.Clamp(Number("page") ?? 0, -1, int.MaxValue / 2);
        size = (int)Math.Clamp(Number("size") ?? 10, -1, int.MaxValue / 2);
        if (page < 0 || size is < 1 or > 100) return DouyinAnswer.Invalid("isv.parameter-invalid", "page从0开始，size为1到100");
        return (long)page * size > deepest ? DouyinAnswer.Invalid("isv.parameter-invalid", $"page*size不能超过{deepest}") : null;
    }

    /// <summary>False when only one end is given or both are equal. Absent gives the whole range the platform keeps.</summary>
    public bool Window(string from, string to, out DateTimeOffset start, out DateTimeOffset end, out bool given)
    {
        (start, end) = (Now.AddDays(-90), Now.AddDays(1));
        var (first, last) = (Number(from), Number(to));
        given = first is not null || last is not null;
        if (!given) return true;
        if (first is null || last is null || first == last) return false;
        (start, end) = (Instant(first.Value), Instant(last.Value));
        return true;
    }

    /// <summary>Milliseconds by mistake point to the far future: the list is simply empty.</summary>
    private static DateTimeOffset Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 200_000_000_000));
}

internal sealed record DouyinMethod(Func<DouyinCall, DouyinAnswer> Run, bool NeedsToken = true);

internal static class DouyinMethods
{
    private const int TokenLifeSeconds = 7 * 24 * 3600;

    public static readonly IReadOnlyDictionary<string, DouyinMethod> All = new Dictionary<string, DouyinMethod>
    {
        ["order.searchList"] = new(DouyinOrders.SearchList),
        ["order.orderDetail"] = new(DouyinOrders.Detail),
        ["order.addOrderRemark"] = new(DouyinOrders.Remark),
        ["order.logisticsAdd"] = new(DouyinShipping.Add),
        ["order.logisticsAddSinglePack"] = new(DouyinShipping.AddSinglePack),
        ["order.logisticsCompanyList"] = new(DouyinShipping.Companies),
        ["sku.syncStock"] = new(DouyinStock.Sync),
        ["sku.stockNum"] = new(DouyinStock.Of),
        ["afterSale.List"] = new(DouyinAfterSales.List),
        ["afterSale.Detail"] = new(DouyinRefundAnswers.Detail),
        ["afterSale.operate"] = new(DouyinRefundAnswers.Operate),
        ["afterSale.rejectReasonCodeList"] = new(DouyinRefundAnswers.RejectReasons),
        ["address.list"] = new(DouyinRefundAnswers.Addresses),
        ["token.refresh"] = new(RefreshToken, NeedsToken: false),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    private static DouyinAnswer RefreshToken(DouyinCall call)
    {
        if (call.Text("grant_type") != "refresh_token") return DouyinAnswer.Invalid("isv.parameter-invalid", "grant_type应为refresh_token");
        if (call.Text("refresh_token") != SandboxCredentials.Douyin.RefreshToken) return DouyinAnswer.Invalid("isv.parameter-invalid", "refresh_token无效");
        return DouyinAnswer.Success(new JsonObject
        {
            ["access_token"] = call.World.Tokens.Refresh(SandboxPlatform.Douyin),
            ["refresh_token"] = SandboxCredentials.Douyin.RefreshToken,
            ["expires_in"] = TokenLifeSeconds,
            ["scope"] = "SCOPE",
            ["shop_id"] = DouyinOrder.ShopId,
            ["shop_name"] = SandboxCredentials.Douyin.ShopName,
            ["authority_id"] = "",
        });
    }
}
