using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Robots;

/// <summary>Two DingTalk robots: one wants every call signed, the other a keyword in the text. The 21st message of a minute costs ten minutes.</summary>
internal sealed class DingTalkRobotGateway(WorldState world)
{
    public const string Path = "/robot/send";
    private const int BodyBytes = 20_000;
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);
    private readonly RobotMinute _minute = new(20, TimeSpan.FromMinutes(10), world.Clock);

    public void Map(WebApplication web) => web.MapPost("/dingtalk" + Path, async (HttpRequest request, CancellationToken ct) =>
        world.Messages.IsDown ? Results.StatusCode(StatusCodes.Status502BadGateway) : Take(request.Query, await Incoming.BodyAsync(request, ct)));

    private IResult Take(IQueryCollection query, string body)
    {
        var token = query["access_token"].ToString();
        var signed = Digest.Same(token, SandboxCredentials.DingTalkToken);
        if (!signed && !Digest.Same(token, SandboxCredentials.DingTalkKeywordToken)) return Answer(300001, "token is not exist");
        if (!_minute.Allows(token)) return Punished();
        if (Encoding.UTF8.GetByteCount(body) > BodyBytes) return Answer(460101, "message too long, exceed 20000 bytes");
        if (Incoming.Object(body) is not { } message) return Answer(40035, "missing parameter json");
        if (signed && SignRefusal(query["timestamp"].ToString(), query["sign"].ToString()) is { } refusal) return Answer(310000, refusal);
        var (title, text) = Content(message);
        if (string.IsNullOrEmpty(text)) return Answer(40035, "missing parameter json");
        if (!signed && !$"{title}\n{text}".Contains(SandboxCredentials.DingTalkKeyword, StringComparison.Ordinal)) return Answer(310000, "keywords not in content");
        world.Messages.Add("dingtalk", world.Clock.GetUtcNow(), signed ? "钉钉演示群（加签）" : "钉钉演示群（关键词）", title, text, body);
        return Answer(0, "ok");
    }

    private string? SignRefusal(string timestamp, string sign)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || (world.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, 253_402_300_799_999))).Duration() > Tolerance) return "invalid timestamp";
        var expected = Convert.ToBase64String(Digest.HmacSha256(SandboxCredentials.DingTalkSecret, $"{timestamp}\n{SandboxCredentials.DingTalkSecret}"));
        return Digest.Same(sign, expected) ? null : "sign not match";
    }

    private static (string Title, string Text) Content(JsonElement message) => message.Text("msgtype") switch
    {
        "text" when message.TryGetProperty("text", out var text) => (text.Text("content")?.Split('\n')[0] ?? "", text.Text("content") ?? ""),
        "markdown" when message.TryGetProperty("markdown", out var markdown) => (markdown.Text("title") ?? "", markdown.Text("text") ?? ""),
        _ => ("", ""),
    };

    private static IResult Punished() => Answers.Json(new JsonObject
    {
        ["errcode"] = 130101, ["errmsg"] = "send too fast, exceed 20 times per minute", ["status"] = 1111, ["wait"] = 5, ["source"] = "x5", ["punish"] = "deny", ["uuid"] = Guid.NewGuid().ToString("N"),
    });

    private static IResult Answer(int code, string words) => Answers.Json(new JsonObject { ["errcode"] = code, ["errmsg"] = words });
}
