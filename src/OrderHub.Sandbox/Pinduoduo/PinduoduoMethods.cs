using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Pinduoduo;

internal sealed record PopMethod(Func<PopCall, PopAnswer> Run, bool NeedsToken = true);

internal static class PinduoduoMethods
{
    private const int TokenLifeSeconds = 30 * 24 * 3600;

    public static readonly IReadOnlyDictionary<string, PopMethod> All = new Dictionary<string, PopMethod>
    {
        ["pdd.time.get"] = new(call => new PopBody("time_get_response", new() { ["time"] = ChinaTime.Text(call.Now) }), NeedsToken: false),
        ["pdd.pop.auth.token.refresh"] = new(RefreshToken, NeedsToken: false),
        ["pdd.order.number.list.increment.get"] = new(PddOrders.Increment),
        ["pdd.order.list.get"] = new(PddOrders.ByConfirmTime),
        ["pdd.order.information.get"] = new(PddOrders.Information),
        ["pdd.order.status.get"] = new(PddOrders.Status),
        ["pdd.order.note.update"] = new(PddOrders.UpdateNote),
        ["pdd.refund.status.check"] = new(PddRefunds.Check),
        ["pdd.refund.list.increment.get"] = new(PddRefunds.Increment),
        ["pdd.refund.information.get"] = new(PddRefundAnswers.Information),
        ["pdd.refund.agree"] = new(PddRefundAnswers.Agree),
        ["pdd.refund.returngoods.agree"] = new(PddRefundAnswers.AgreeToReturn),
        ["pdd.refund.address.list.get"] = new(PddRefundAnswers.Addresses),
        ["pdd.logistics.online.send"] = new(PddShipping.Send),
        ["pdd.order.upload.extra.logistics"] = new(PddShipping.AddParcels),
        ["pdd.logistics.companies.get"] = new(PddShipping.Companies, NeedsToken: false),
        ["pdd.goods.quantity.update"] = new(PddStock.Update),
        ["pdd.goods.skus.get"] = new(PddStock.OfSku),
        ["pdd.goods.list.get"] = new(PddStock.List),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    private static PopAnswer RefreshToken(PopCall call)
    {
        if (call.Text("refresh_token") != SandboxCredentials.Pinduoduo.RefreshToken) return PopFault.Parameter("refresh_token");
        var token = call.World.Tokens.Refresh(SandboxPlatform.Pinduoduo);
        return new PopBody("pop_auth_token_refresh_response", new()
        {
            ["access_token"] = token,
            ["refresh_token"] = SandboxCredentials.Pinduoduo.RefreshToken,
            ["expires_in"] = TokenLifeSeconds,
            ["expires_at"] = call.Now.AddSeconds(TokenLifeSeconds).ToUnixTimeSeconds(),
            ["refresh_token_expires_in"] = 2 * TokenLifeSeconds,
            ["refresh_token_expires_at"] = call.Now.AddSeconds(2 * TokenLifeSeconds).ToUnixTimeSeconds(),
            ["owner_id"] = "30001",
            ["owner_name"] = SandboxCredentials.Pinduoduo.ShopName,
            ["scope"] = new JsonArray([.. Names.Select(n => JsonValue.Create(n))]),
        });
    }
}
