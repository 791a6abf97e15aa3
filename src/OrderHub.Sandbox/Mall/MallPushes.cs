using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Mall;

/// <summary>Tells the hub about the mall's orders: most by a hint, some by the whole order. Each order keeps to one of the two ways.</summary>
internal sealed class MallPushes(WorldState world)
{
    private static readonly TimeSpan[] Retries =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
    ];

    public void Tell(SandboxOrder? before, SandboxOrder after)
    {
        if (after.Platform != SandboxPlatform.Mall || after.Hidden || world.HubBaseUrl is not { } hub) return;
        var what = EventOf(before, after);
        // a refund has no push of its own: the hub must fetch it
        if (StableHash.Fraction(after.No) < world.Options.MallDirectPushShare && !what.StartsWith("refund.", StringComparison.Ordinal)) PushOrder(hub, after);
        else Hint(hub, what, after);
    }

    private void PushOrder(string hub, SandboxOrder order)
    {
        var body = Bytes(new JsonObject { ["orders"] = new JsonArray(MallOrder.Shape(order)) });
        Send($"mall push {order.No} v{order.Version}", new Uri($"{hub.TrimEnd('/')}/api/v1/shops/{SandboxCredentials.Mall.ShopCode}/orders"), body, _ => { });
    }

    private void Hint(string hub, string what, SandboxOrder order)
    {
        var data = new JsonObject { ["order_no"] = order.No, ["version"] = order.Version };
        if (what.StartsWith("refund.", StringComparison.Ordinal)) data["refund_no"] = order.Refunds[^1].No;
        var id = string.Create(CultureInfo.InvariantCulture, $"evt_{order.Sequence}_{order.Version}");
        var body = Bytes(new JsonObject
        {
            ["id"] = id, ["event"] = what, ["occurred_at"] = MallOrder.Time(order.ModifiedAt), ["shop"] = SandboxCredentials.Mall.ShopCode, ["data"] = data,
        });
        Send($"mall hint {id}", new Uri(hub.TrimEnd('/') + "/oms/v1/webhooks/mall"), body, request =>
        {
            request.Headers.Add("X-Oms-Event", what);
            request.Headers.Add("X-Oms-Delivery", Guid.NewGuid().ToString("N"));
        });
    }

    private void Send(string name, Uri target, byte[] body, Action<HttpRequestMessage> extra) => world.Calls.Send(new(name, () =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target);
        MallSignature.Sign(request, body, world.Clock.GetUtcNow());
        extra(request);
        return request;
    }, Judge, Retries));

    private static CallVerdict Judge(HttpResponseMessage response, string body) => response.StatusCode switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => CallVerdict.Accepted,
        HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests => CallVerdict.TryAgain,
        >= HttpStatusCode.InternalServerError => CallVerdict.TryAgain,
        _ => CallVerdict.GiveUp,
    };

    internal static string EventOf(SandboxOrder? before, SandboxOrder after) => (before, after) switch
    {
        (null, { State: SandboxOrderState.Unpaid }) => "order.created",
        (null, _) => "order.paid",
        _ when after.Refunds.Count > before.Refunds.Count => "refund.requested",
        _ when after.Refunds.Any(r => r.State == SandboxRefundState.Done && before.Refunds.All(b => b.No != r.No || b.State != r.State)) => "refund.done",
        _ when before.HasOpenRefund && !after.HasOpenRefund => "refund.changed",
        _ when after.State == before.State => "order.changed",
        (_, { State: SandboxOrderState.Paid }) => "order.paid",
        (_, { IsClosed: true }) => "order.cancelled",
        (_, { State: SandboxOrderState.Signed }) => "order.received",
        _ => "order.changed",
    };

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(Answers.Relaxed));
}
