using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Inbox;

/// <summary>Tries quarantined payloads again, after a mapping or a mistake behind them was repaired.</summary>
internal sealed record ReplayQuarantined(string ShopCode, IReadOnlyList<long> InboxIds);

internal sealed class ReplayQuarantinedHandler(HubDatabase database, ICatalog catalog, ReceiveDocumentsHandler receive, CurrentActor current, AuditTrail audit)
{
    /// <returns>How many left the quarantine.</returns>
    public async Task<Result<int>> HandleAsync(ReplayQuarantined command, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(command.ShopCode) is not { } shop) return ChannelErrors.ShopNotFound(command.ShopCode);
        var waiting = await database.QueryAsync("""
            select kind, external_id, version, payload from channels_inbox where shop_id = $1 and id = any($2) and state = 5 order by version, id
            """, r => (Kind: (DocumentKind)r.GetInt16(0), Raw: new RawDocument(r.GetString(1), r.GetInt64(2), r.GetString(3))), ct, shop.Id, command.InboxIds.ToArray());
        if (waiting.Count == 0) return ChannelErrors.NotInQuarantine;

        var freed = 0;
        foreach (var kind in waiting.GroupBy(w => w.Kind))
        {
            // As a push: known payloads are judged again.
            var receipts = await receive.HandleAsync(new(shop, kind.Key, DocumentSource.Push, [.. kind.Select(w => w.Raw)]), ct);
            freed += receipts.Count(r => r.State != DocumentState.Quarantined);
        }
        await database.RunAsync(tx => audit.WriteAsync(tx, current.Actor, "channels.replay_quarantined", shop.Code, null, null, new { Tried = waiting.Count, Freed = freed }, ct), ct);
        return freed;
    }
}
