using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

/// <summary>One URL for all methods. Every answer, also a refusal, is HTTP 200.</summary>
internal sealed class TaobaoGateway(WorldState world)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);
    private static readonly SandboxShop Shop = SandboxCredentials.Taobao;

    public void Map(WebApplication web) => web.Map("/taobao/router/rest", HandleAsync);

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        var parameters = await Incoming.ParametersAsync(request, ct);
        var answer = HttpMethods.IsPost(request.Method) ? Answer(parameters)
            : new TopFault(9, "Http action not allowed", "isv.http-action-not-allowed", "请使用POST");
        var id = Answers.RequestId(world.Clock);
        var body = answer is TopBody ok ? Envelope(parameters["method"], ok.Body, id) : ((TopFault)answer).ToJson(id);
        if (parameters.GetValueOrDefault("simplify") == "true") TopFormat.Simplify(body);
        return parameters.GetValueOrDefault("format") == "json" ? Answers.Json(body)
            : Results.Text(TopFormat.Xml(body), "text/xml", Encoding.UTF8);
    }

    internal TopAnswer Answer(IReadOnlyDictionary<string, string> parameters)
    {
        string Get(string name) => parameters.GetValueOrDefault(name, "");

        if (Get("method").Length == 0) return new TopFault(21, "Missing method", "isv.missing-method", "缺少method");
        if (!TaobaoMethods.All.TryGetValue(Get("method"), out var method)) return new TopFault(22, "Invalid method", "isv.invalid-method", "不存在的方法名");
        if (Get("app_key").Length == 0) return new TopFault(28, "Missing app key", "isv.missing-app-key", "缺少app_key");
        if (Get("app_key") != Shop.AppKey) return new TopFault(29, "Invalid app Key", "isv.appkey-not-exists", "app_key不存在");
        if (Get("v").Length == 0) return new TopFault(32, "Missing version", "isv.missing-version", "缺少v");
        if (Get("v") != "2.0") return new TopFault(33, "Invalid version", "isv.invalid-version", "不支持的版本");
        if (Get("format") is not ("" or "json" or "xml")) return new TopFault(23, "Invalid format", "isv.invalid-format", "format只能是json或xml");
        if (Get("timestamp").Length == 0) return new TopFault(30, "Missing timestamp", "isv.missing-timestamp", "缺少timestamp");
        if (!(ChinaTime.TryParse(Get("timestamp"), out var at) || ChinaTime.TryParseUnixMillis(Get("timestamp"), out at)) || !at.IsWithin(Tolerance, world.Clock.GetUtcNow()))
            return new TopFault(31, "Invalid timestamp", "isv.invalid-timestamp", "时间戳与服务器相差超过10分钟");
        if (Get("sign").Length == 0) return new TopFault(24, "Missing signature", "isv.missing-signature", "缺少sign");
        var sign = TopSignature.Of(Get("sign_method").Length == 0 ? "md5" : Get("sign_method"), Shop.AppSecret, parameters);
        if (!Digest.Same(sign, Get("sign"))) return new TopFault(25, "Invalid signature", "isv.invalid-signature", "签名无效");
        if (method.NeedsSession && SessionFault(Get("session")) is { } noSession) return noSession;
        if (!world.Limiter.Allows("taobao/" + Get("session")))
            return new TopFault(7, "App Call Limited", "accesscontrol.limited-by-api-access-count", "This ban will last for 1 more seconds");
        return method.Run(new TopCall(parameters, world));
    }

    private TopFault? SessionFault(string session) => world.Tokens.Judge(SandboxPlatform.Taobao, session) switch
    {
        TokenState.Valid => null,
        TokenState.Missing => new(26, "Missing session", "isv.missing-session", "缺少session"),
        TokenState.Expired => new(27, "Invalid session", "sessionkey-not-generated-by-server", "session已过期"),
        _ => new(27, "Invalid session", "invalid-sessionkey", "session无效"),
    };

    private static JsonObject Envelope(string method, JsonObject body, string requestId)
    {
        var root = (method.StartsWith("taobao.", StringComparison.Ordinal) ? method["taobao.".Length..] : method).Replace('.', '_') + "_response";
        body["request_id"] = requestId;
        return new JsonObject { [root] = body };
    }
}

/// <summary>The two other faces of a JSON answer.</summary>
internal static class TopFormat
{
    /// <summary>simplify=true: {"trades":{"trade":[…]}} becomes {"trades":[…]}.</summary>
    public static void Simplify(JsonNode? node)
    {
        foreach (var child in node is JsonObject parent ? parent.Select(p => p.Value).ToArray() : node is JsonArray list ? list.ToArray() : []) Simplify(child);
        if (node is not JsonObject whole) return;
        foreach (var (name, value) in whole.ToArray())
        {
            if (value is not JsonObject { Count: 1 } wrapper || wrapper.First().Value is not JsonArray items) continue;
            wrapper.Clear();
            whole[name] = items;
        }
    }

    public static string Xml(JsonObject body)
    {
        var root = body.First();
        return new XDocument(Elements(root.Key, root.Value).Single()).ToString(SaveOptions.DisableFormatting);
    }

    private static IEnumerable<XElement> Elements(string name, JsonNode? value) => value switch
    {
        JsonArray items => items.SelectMany(item => Elements(name, item)),
        JsonObject parent => [new XElement(name, parent.SelectMany(p => Elements(p.Key, p.Value)))],
        null => [],
        _ => [new XElement(name, value.ToString())],
    };
}
