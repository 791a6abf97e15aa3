using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Pinduoduo;

/// <summary>JSON or form body, no query. There is no sign_method: MD5 over what was received.</summary>
internal sealed class PinduoduoGateway(WorldState world)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);
    private static readonly SandboxShop Shop = SandboxCredentials.Pinduoduo;

    public void Map(WebApplication web) => web.Map("/pinduoduo/api/router", HandleAsync);

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        if (!HttpMethods.IsPost(request.Method)) return Answers.Json(new PopFault(10002, "只支持POST请求").ToJson(Answers.RequestId(world.Clock)));
        var parameters = request.HasFormContentType ? await Incoming.ParametersAsync(request, ct) : FromJson(await Incoming.BodyAsync(request, ct));
        var answer = parameters is null ? new PopFault(10000, "请求体不是JSON对象") : Answer(parameters);
        var id = Answers.RequestId(world.Clock);
        if (answer is PopFault fault) return Answers.Json(fault.ToJson(id));
        var ok = (PopBody)answer;
        ok.Body["request_id"] = id;
        return Answers.Json(ok.Root.Length == 0 ? ok.Body : new JsonObject { [ok.Root] = ok.Body });
    }

    internal PopAnswer Answer(IReadOnlyDictionary<string, string> parameters)
    {
        string Get(string name) => parameters.GetValueOrDefault(name, "");

        if (Get("type").Length == 0) return new PopFault(10001, "公共参数错误:type");
        if (!PinduoduoMethods.All.TryGetValue(Get("type"), out var method)) return new PopFault(10017, "type不正确");
        if (Get("client_id").Length == 0) return new PopFault(10001, "公共参数错误:client_id");
        if (Get("client_id") != Shop.AppKey) return new PopFault(10016, "client_id不正确");
        if (!ChinaTime.TryParseUnix(Get("timestamp"), out var at) || !at.IsWithin(Tolerance, world.Clock.GetUtcNow()))
            return new PopFault(10001, "公共参数错误:timestamp");
        if (Get("data_type") is not ("" or "JSON")) return new PopFault(10001, "公共参数错误:data_type");
        if (Get("sign").Length == 0) return new PopFault(10001, "公共参数错误:sign");
        if (!Digest.Same(PopSignature.Of(Shop.AppSecret, parameters), Get("sign"))) return new PopFault(20004, "签名sign校验失败");
        if (method.NeedsToken && TokenFault(Get("access_token")) is { } noToken) return noToken;
        if (!world.Limiter.Allows("pinduoduo/" + Get("access_token"))) return new PopFault(70031, "调用过于频繁，请调整调用频率");
        return method.Run(new PopCall(parameters, world));
    }

    private PopFault? TokenFault(string token) => world.Tokens.Judge(SandboxPlatform.Pinduoduo, token) switch
    {
        TokenState.Valid => null,
        TokenState.Missing => new(10001, "公共参数错误:access_token"),
        TokenState.Expired => new(10019, "access_token已过期"),
        _ => new(20032, "access_token或client_id错误"),
    };

    /// <summary>Objects and arrays are signed as the very text they were sent as.</summary>
    private static Dictionary<string, string>? FromJson(string body) => Incoming.Object(body) is not { } whole ? null
        : whole.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).ToDictionary(p => p.Name, p => Incoming.Scalar(p.Value) ?? "");
}

internal static class PopSignature
{
    public static string Of(string secret, IEnumerable<KeyValuePair<string, string>> parameters) =>
        Digest.Md5Upper(secret + Digest.SortedText(parameters) + secret);
}

internal abstract record PopAnswer;

/// <param name="Root">Given by each method: the roots do not follow one rule, and some answers have none.</param>
internal sealed record PopBody(string Root, JsonObject Body) : PopAnswer;

internal sealed record PopFault(int Code, string Message) : PopAnswer
{
    public static PopFault Parameter(string name) => new(21001, $"业务参数错误:{name}");

    public static PopFault Missing(string name) => new(21002, $"缺少业务参数:{name}");

    public static PopFault Business(string reason) => new(50001, reason);

    public JsonObject ToJson(string requestId) => new()
    {
        ["error_response"] = new JsonObject
        {
            ["error_msg"] = Message,
            ["sub_msg"] = Message,
            ["sub_code"] = Code.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["error_code"] = Code,
            ["request_id"] = requestId,
        },
    };
}

internal sealed record PopCall(IReadOnlyDictionary<string, string> Parameters, WorldState World)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public PopFault? Need(string name, out string value)
    {
        value = Text(name) ?? "";
        return value.Length > 0 ? null : PopFault.Missing(name);
    }

    public PopFault? Number(string name, int whenAbsent, int least, int most, out int value) =>
        Incoming.TryInt(Text(name), whenAbsent, out value) && value >= least && value <= most ? null : PopFault.Parameter(name);

    public PopFault? Window(string startName, string endName, TimeSpan most, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (default, default);
        if (Need(startName, out var startText) is { } noStart) return noStart;
        if (Need(endName, out var endText) is { } noEnd) return noEnd;
        if (!ChinaTime.TryParseUnix(startText, out start)) return PopFault.Parameter(startName);
        if (!ChinaTime.TryParseUnix(endText, out end) || end < start) return PopFault.Parameter(endName);
        return end - start > most ? PopFault.Business($"{startName}与{endName}间隔不能超过{most.TotalMinutes}分钟") : null;
    }
}
