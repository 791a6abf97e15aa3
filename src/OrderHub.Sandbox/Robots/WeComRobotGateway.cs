using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Robots;

/// <summary>A WeCom group's robot. Answers 200 with an errcode, whatever is wrong.</summary>
internal sealed class WeComRobotGateway(WorldState world)
{
    public const string Path = "/cgi-bin/webhook/send";
    private const int TextBytes = 2048, MarkdownBytes = 4096;
    private readonly RobotMinute _minute = new(20, TimeSpan.Zero, world.Clock);

    public void Map(WebApplication web) => web.MapPost("/wecom" + Path, async (HttpRequest request, CancellationToken ct) =>
        world.Messages.IsDown ? Results.StatusCode(StatusCodes.Status502BadGateway) : Take(request.Query["key"].ToString(), await Incoming.BodyAsync(request, ct)));

    private IResult Take(string key, string body)
    {
        if (!Digest.Same(key, SandboxCredentials.WeComRobotKey)) return Answer(93000, "invalid webhook url, hint: [sandbox]");
        if (!_minute.Allows(key)) return Answer(45009, "api freq out of limit, hint: [sandbox], from ip: 127.0.0.1");
        if (Incoming.Object(body) is not { } message) return Answer(40008, "invalid message type, hint: [sandbox]");
        var type = message.Text("msgtype");
        if (type is not ("text" or "markdown")) return Answer(40008, "invalid message type, hint: [sandbox]");
        var content = message.TryGetProperty(type, out var part) ? part.Text("content") : null;
        if (string.IsNullOrEmpty(content)) return Answer(44004, "empty content, hint: [sandbox]");
        var most = type == "text" ? TextBytes : MarkdownBytes;
        if (Encoding.UTF8.GetByteCount(content) > most) return Answer(40058, $"{type}.content exceed max length {most}. invalid Request Parameter");
        world.Messages.Add("wecom", world.Clock.GetUtcNow(), "企业微信演示群", content.Split('\n')[0], content, body);
        return Answer(0, "ok");
    }

    private static IResult Answer(int code, string words) => Answers.Json(new JsonObject { ["errcode"] = code, ["errmsg"] = words });
}
