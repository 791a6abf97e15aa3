using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

/// <summary>The app's message queue. A message taken but not confirmed comes again; a queue nobody reads forgets its oldest.</summary>
internal sealed class TmcQueue(TimeProvider clock)
{
    private const int Kept = 5000;
    private static readonly TimeSpan ComesAgainAfter = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, (string Topic, JsonObject Content, DateTimeOffset PublishedAt, DateTimeOffset VisibleFrom)> _messages = [];
    private long _lastId = 1_000_000_000;

    public void Tell(SandboxOrder? before, SandboxOrder after)
    {
        if (after.Platform != SandboxPlatform.Taobao) return;
        foreach (var topic in TradeTopics(before, after)) Put("taobao_trade_" + topic, new() { ["tid"] = after.No, ["payment"] = Yuan.Text(after.PayFen) });
        foreach (var refund in after.Refunds.Where(r => before?.Refunds.Contains(r) != true))
            Put("taobao_refund_" + RefundTopic(refund), new() { ["tid"] = after.No, ["refund_id"] = refund.No, ["refund_fee"] = Yuan.Text(refund.AmountFen), ["modified"] = ChinaTime.Text(refund.ModifiedAt) });
    }

    public static TopAnswer Consume(TopCall call)
    {
        if (call.Number("quantity", 100, 10, 200, out var quantity) is { } fault) return fault;
        var taken = call.World.Tmc.Take(quantity);
        // an empty queue answers without the list
        return new TopBody(taken.Count == 0 ? [] : new() { ["messages"] = new JsonObject { ["tmc_message"] = new JsonArray([.. taken]) } });
    }

    public static TopAnswer Confirm(TopCall call)
    {
        if (call.Need("s_message_ids", out var text) is { } missing) return missing;
        var ids = text.Split(',');
        if (ids.Length > 200) return TopFault.Invalid("s_message_ids");
        call.World.Tmc.Forget(ids);
        return new TopBody(new() { ["is_success"] = true });
    }

    private List<JsonNode> Take(int quantity)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var due = _messages.Where(m => m.Value.VisibleFrom <= now).Take(quantity).ToList();
            foreach (var (id, message) in due) _messages[id] = message with { VisibleFrom = now + ComesAgainAfter };
            return [.. due.Select(m => (JsonNode)new JsonObject
            {
                ["id"] = m.Key, ["topic"] = m.Value.Topic, ["content"] = m.Value.Content.ToJsonString(Answers.Relaxed), ["user_id"] = 2200000000, ["user_nick"] = SandboxCredentials.Taobao.ShopName,
                ["pub_app_key"] = "12497914", ["pub_time"] = ChinaTime.Text(m.Value.PublishedAt),
            })];
        }
    }

    private void Forget(string[] ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) _messages.Remove(number);
            }
        }
    }

    private void Put(string topic, JsonObject content)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            _messages[++_lastId] = (topic, content, now, now);
            if (_messages.Count > Kept) _messages.Remove(_messages.First().Key);
        }
    }

    private static IEnumerable<string> TradeTopics(SandboxOrder? before, SandboxOrder after)
    {
        if (before is null) yield return "TradeCreate";
        if (before?.PaidAt is null && after.PaidAt is not null) yield return "TradeBuyerPay";
        if (before is not null && (before.SellerNote, before.SellerFlag) != (after.SellerNote, after.SellerFlag)) yield return "TradeMemoModified";
        if (before is null || before.State == after.State) yield break;
        switch (after.State)
        {
            case SandboxOrderState.PartShipped: yield return "TradePartlySellerShip"; break;
            case SandboxOrderState.Shipped: yield return "TradeSellerShip"; break;
            case SandboxOrderState.Finished: yield return "TradeSuccess"; break;
            case SandboxOrderState.ClosedUnpaid or SandboxOrderState.ClosedRefunded: yield return "TradeClose"; break;
        }
    }

    private static string RefundTopic(SandboxRefund refund) => refund.State switch
    {
        SandboxRefundState.Applied => "RefundCreated",
        SandboxRefundState.Agreed => "RefundSellerAgreeAgreement",
        SandboxRefundState.Refused => "RefundSellerRefuseAgreement",
        _ => "RefundSuccess",
    };
}
