using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Mall;

namespace OrderHub.Sandbox.Douyin;

/// <summary>The platform's message push: a signed list of small notes, sent again until it is answered with code 0.</summary>
internal sealed class DouyinPushes(WorldState world)
{
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    public void Tell(SandboxOrder? before, SandboxOrder after)
    {
        if (after.Platform != SandboxPlatform.Douyin || after.Hidden || world.HubBaseUrl is not { } hub) return;
        var (tag, data) = News(before, after);
        var id = $"{after.Sequence}{after.Version:D6}:0:{tag}";
        var body = Encoding.UTF8.GetBytes(new JsonArray(new JsonObject { ["tag"] = tag, ["msg_id"] = id, ["data"] = data.ToJsonString(Answers.Relaxed) }).ToJsonString(Answers.Relaxed));
        var shop = SandboxCredentials.Douyin;
        var sign = Digest.Md5Lower(shop.AppKey + Encoding.UTF8.GetString(body) + shop.AppSecret);
        world.Calls.Send(new($"douyin message {id}", () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.TrimEnd('/') + "/oms/v1/webhooks/douyin")) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
            request.Headers.Add("event-sign", sign);
            request.Headers.Add("app-id", shop.AppKey);
            return request;
        }, Judge, Retries));
    }

    private static CallVerdict Judge(HttpResponseMessage response, string body) =>
        response.StatusCode == HttpStatusCode.OK && Incoming.Object(body)?.Text("code") == "0" ? CallVerdict.Accepted : CallVerdict.TryAgain;

    private static (string Tag, JsonObject Data) News(SandboxOrder? before, SandboxOrder after)
    {
        var what = MallPushes.EventOf(before, after);
        if (what.StartsWith("refund.", StringComparison.Ordinal))
        {
            var refund = after.Refunds[^1];
            return (what switch
            {
                "refund.requested" => "200",
                "refund.done" => "206",
                _ => "204",
            }, new()
            {
                ["aftersale_id"] = Number(refund.No), ["p_id"] = Number(after.No), ["s_id"] = Number(after.No), ["aftersale_status"] = DouyinOrder.AfterSaleStatus(refund),
                ["aftersale_type"] = DouyinOrder.AfterSaleType(refund), ["refund_amount"] = refund.AmountFen, ["apply_time"] = refund.CreatedAt.ToUnixTimeSeconds(), ["shop_id"] = DouyinOrder.ShopId,
            });
        }
        return (what switch
        {
            "order.created" => "100",
            "order.paid" => after.RiskControlled ? "101" : "110",
            "order.cancelled" => "106",
            "order.received" => "103",
            _ => after.State switch
            {
                SandboxOrderState.Shipped => "102",
                SandboxOrderState.PartShipped => "108",
                _ => "113",
            },
        }, new()
        {
            ["p_id"] = Number(after.No), ["s_ids"] = new JsonArray(Number(after.No)), ["shop_id"] = DouyinOrder.ShopId, ["order_status"] = DouyinOrder.Status(after), ["order_type"] = 0, ["biz"] = 2,
        });
    }

    private static long Number(string no) => long.Parse(no, System.Globalization.CultureInfo.InvariantCulture);
}
