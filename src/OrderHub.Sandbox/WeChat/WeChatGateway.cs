using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.WeChat;

/// <summary>POST of JSON with the access token in the query. Every answer is HTTP 200 with an errcode; nothing is signed.</summary>
internal sealed class WeChatGateway(WorldState world)
{
    public void Map(WebApplication web)
    {
        web.MapPost("/wechat/cgi-bin/stable_token", async (HttpRequest request, CancellationToken ct) => Answers.Json(WeChatTokens.Stable(world, await BodyAsync(request, ct))));
        web.MapPost("/wechat/{**path}", async (string path, HttpRequest request, CancellationToken ct) =>
            Answers.Json(Answer(path, request.Query["access_token"].ToString(), await BodyAsync(request, ct))));
    }

    internal JsonObject Answer(string path, string token, JsonElement? body)
    {
        if (!WeChatMethods.All.TryGetValue(path, out var method)) return WeChatAnswer.Fault(40066, "invalid url");
        if (TokenFault(token) is { } noToken) return noToken;
        if (!world.Limiter.Allows("wechat/" + token)) return WeChatAnswer.Fault(45011, "api minute-quota reach limit, must slower, retry next minute");
        if (body is not { } business) return WeChatAnswer.Fault(47001, "data format error");
        return method(new WeChatCall(business, world));
    }

    private JsonObject? TokenFault(string token) => world.Tokens.Judge(SandboxPlatform.WeChat, token) switch
    {
        TokenState.Valid => null,
        TokenState.Missing => WeChatAnswer.Fault(41001, "access_token missing"),
        TokenState.Expired => WeChatAnswer.Fault(42001, "access_token expired"),
        _ => WeChatAnswer.Fault(40001, "invalid credential, access_token is invalid or not latest"),
    };

    private static async Task<JsonElement?> BodyAsync(HttpRequest request, CancellationToken ct) => Incoming.Object(await Incoming.BodyAsync(request, ct));
}

internal static class WeChatAnswer
{
    public static JsonObject Ok() => new() { ["errcode"] = 0, ["errmsg"] = "ok" };

    public static JsonObject Fault(int code, string reason) => new() { ["errcode"] = code, ["errmsg"] = reason };

    public static JsonObject Invalid(string name) => Fault(40097, $"invalid args, {name}");
}

internal sealed record WeChatCall(JsonElement Business, WorldState World)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Business.Text(name) is { Length: > 0 } text ? text : null;

    public SandboxOrder? Order() => Text("order_id") is { } no ? Market.Orders.Find(SandboxPlatform.WeChat, no) : null;
}

internal static class WeChatMethods
{
    public static readonly IReadOnlyDictionary<string, Func<WeChatCall, JsonObject>> All = new Dictionary<string, Func<WeChatCall, JsonObject>>
    {
        ["channels/ec/order/list/get"] = WeChatOrders.List,
        ["channels/ec/order/get"] = WeChatOrders.Get,
        ["channels/ec/order/merchantnotes/update"] = WeChatOrders.Note,
        ["channels/ec/order/delivery/send"] = WeChatShipping.Send,
        ["channels/ec/product/stock/update"] = WeChatStock.Update,
        ["channels/ec/product/stock/get"] = WeChatStock.Get,
        ["channels/ec/aftersale/getaftersalelist"] = WeChatAfterSales.List,
        ["channels/ec/aftersale/getaftersaleorder"] = WeChatAfterSales.Get,
        ["channels/ec/aftersale/acceptapply"] = WeChatAfterSales.Accept,
        ["channels/ec/aftersale/rejectapply"] = WeChatAfterSales.Reject,
        ["channels/ec/aftersale/rejectreason/get"] = WeChatAfterSales.RejectReasons,
        ["channels/ec/merchant/address/list"] = WeChatAfterSales.Addresses,
        ["channels/ec/merchant/address/get"] = WeChatAfterSales.Address,
    };

    public static IReadOnlyList<string> Paths { get; } = [.. All.Keys.Append("cgi-bin/stable_token").Select(m => "POST /" + m)];
}

internal static class WeChatTokens
{
    private const int LifeSeconds = 7200;
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(5);
    private static readonly SandboxShop Shop = SandboxCredentials.WeChat;

    /// <summary>The same token until five minutes before its end.</summary>
    public static JsonObject Stable(WorldState world, JsonElement? body)
    {
        if (body is not { } asked) return WeChatAnswer.Fault(47001, "data format error");
        if (asked.Text("grant_type") != "client_credential") return WeChatAnswer.Fault(40002, "invalid grant_type");
        if (asked.Text("appid") != Shop.AppKey) return WeChatAnswer.Fault(40013, "invalid appid");
        if (asked.Text("secret") != Shop.AppSecret) return WeChatAnswer.Fault(40125, "invalid appsecret");
        var renew = asked.Text("force_refresh") == "true" || world.Tokens.EndsWithin(SandboxPlatform.WeChat, RenewedBefore);
        var token = renew ? world.Tokens.Refresh(SandboxPlatform.WeChat) : world.Tokens.Current(SandboxPlatform.WeChat);
        if (renew) world.Tokens.EndAt(SandboxPlatform.WeChat, world.Clock.GetUtcNow().AddSeconds(LifeSeconds));
        return new JsonObject { ["access_token"] = token, ["expires_in"] = (int)(world.Tokens.Left(SandboxPlatform.WeChat)?.TotalSeconds ?? LifeSeconds) };
    }
}
