using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Inbox;

/// <summary>What a replay of one quarantined payload would change.</summary>
/// <param name="StillUnreadable">Why it would stay in quarantine; null = it can be read now.</param>
/// <param name="Before">Null = the order is not here yet.</param>
internal sealed record ReplayPreview(string ExternalId, string? StillUnreadable, IntakeOutcome? Outcome, OrderState? Before, OrderState? After, string? Reason, long? PayFen, int Lines);

/// <summary>Runs the real intake in a transaction that is given up, so that the answer cannot differ from what the replay would do.</summary>
internal sealed class PreviewReplayHandler(HubDatabase database, ICatalog catalog, PlatformAdapters adapters, IOrderIntake orders, IOrderReader reader)
{
    public async Task<Result<ReplayPreview>> HandleAsync(int shopId, long inboxId, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).Shop(shopId) is not { } shop) return ChannelErrors.NotInQuarantine;
        var waiting = await database.QueryAsync("select kind, external_id, version, payload from channels_inbox where shop_id = $1 and id = $2 and state = 5",
            r => (Kind: (DocumentKind)r.GetInt16(0), Raw: new RawDocument(r.GetString(1), r.GetInt64(2), r.GetString(3))), ct, shopId, inboxId);
        if (waiting is not [var (kind, raw)]) return ChannelErrors.NotInQuarantine;
        var adapter = adapters.For(shop.Kind);
        try
        {
            if (kind == DocumentKind.Refund)
            {
                var refund = adapter.MapRefund(shopId, raw);
                return new ReplayPreview(refund.RefundNo, null, IntakeOutcome.Accepted, null, null, null, refund.AppliedFen, 0);
            }
            return await TryAsync(shop, SameSecond.Newest(adapter, adapter.MapOrder(shopId, raw)), ct);
        }
        catch (UnreadablePayloadException unreadable)
        {
            return new ReplayPreview(raw.ExternalId, unreadable.Message, null, null, null, null, null, 0);
        }
    }

    private async Task<ReplayPreview> TryAsync(Shop shop, IncomingOrder order, CancellationToken ct)
    {
        var before = await reader.FindAsync(shop.Id, order.PlatformOrderNo, ct);
        var answer = (await database.RunAsync(tx => orders.AcceptAsync(tx, [order], Actor.Channel(shop.Code), ct), _ => false, ct))[0];
        return new(order.PlatformOrderNo, null, answer.Outcome, before?.State, answer.State, answer.Reason, order.Amounts.PayFen, order.Lines.Count);
    }
}
