using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Robots;

/// <summary>What the played groups and mailboxes received, for people (<c>/messages</c>) and for programs (<c>/messages.json</c>).</summary>
internal sealed class MessagePages(WorldState world)
{
    public void Map(WebApplication web)
    {
        web.MapGet("/messages", () => Results.Text(Page(), "text/html", Encoding.UTF8));
        web.MapGet("/messages.json", () => Answers.Json(Answers.Array(world.Messages.All, m => new JsonObject
        {
            ["no"] = m.No, ["channel"] = m.Channel, ["at"] = m.At.ToString("O", CultureInfo.InvariantCulture), ["to"] = m.To, ["title"] = m.Title, ["text"] = m.Text,
        })));
    }

    private string Page()
    {
        var rows = new StringBuilder();
        foreach (var m in world.Messages.All.Reverse())
            rows.Append(CultureInfo.InvariantCulture, $"<article class=\"{m.Channel}\"><p><b>{Text(m.To)}</b> {ChinaTime.Text(m.At)}</p><h2>{Text(m.Title)}</h2><pre>{Text(m.Text)}</pre></article>");
        return $$"""
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>收到的通知（沙箱）</title>
            <style>body{font:14px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:16px;max-width:900px}article{border:1px solid #ccc;border-radius:8px;padding:8px 16px;margin:12px 0}
            h2{font-size:15px;margin:4px 0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 inherit}p{margin:0;color:#555}</style></head>
            <body><h1>收到的通知（沙箱）</h1>{{(rows.Length > 0 ? rows.ToString() : "<p>还没有收到消息</p>")}}</body></html>
            """;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
