using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Jd;

/// <summary>The token host: unsigned, with the secret in the query. A token is renewed only in the last day of its life.</summary>
internal sealed class JdOAuth(WorldState world)
{
    private static readonly TimeSpan RenewedWithin = TimeSpan.FromDays(1);
    private const int LifeSeconds = 365 * 24 * 3600;
    private static readonly SandboxShop Shop = SandboxCredentials.Jd;

    public void Map(WebApplication web) => web.MapMethods("/jd/oauth2/refresh_token", ["GET", "POST"], (HttpRequest request) => Answers.Json(Refresh(request.Query)));

    private JsonObject Refresh(IQueryCollection query)
    {
        if (query["app_key"] != Shop.AppKey || query["app_secret"] != Shop.AppSecret) return Fault(400, "app_key或app_secret错误");
        if (query["grant_type"] != "refresh_token") return Fault(401, "grant_type错误");
        if (query["refresh_token"] != Shop.RefreshToken) return Fault(402, "refresh_token无效");
        if (!world.Tokens.EndsWithin(SandboxPlatform.Jd, RenewedWithin)) return Fault(403, "access_token距过期超过24小时，不能刷新");
        return new()
        {
            ["access_token"] = world.Tokens.Refresh(SandboxPlatform.Jd), ["expires_in"] = LifeSeconds, ["refresh_token"] = Shop.RefreshToken,
            ["scope"] = "snsapi_base", ["open_id"] = "demo-open-id", ["xid"] = "o*demo",
        };
    }

    private JsonObject Fault(int code, string reason) => new() { ["code"] = code, ["msg"] = reason, ["requestId"] = Answers.RequestId(world.Clock) };
}
