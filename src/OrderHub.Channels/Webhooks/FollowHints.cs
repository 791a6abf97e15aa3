using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Webhooks;

/// <summary>
/// Fetches what the mall's and platforms' events hinted at, one by one; refunds that cannot be fetched alone are read by pulling the refund
/// stream at once. A hint that can't be followed is tried again later and then left to the regular pull, which sees the change anyway.
/// </summary>
internal sealed class FollowHintsJob(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, ReceiveDocumentsHandler receive,
    TimeProvider clock, ILogger<FollowHintsJob> log) : IJob
{
    private const int AtMost = 100, MostAttempts = 6;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private sealed record Claimed(long Id, int ShopId, string Event, string Subject, int Attempts);

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var claimed = await ClaimAsync(ct);
        var failed = 0;
        foreach (var hint in claimed)
        {
            try
            {
                await FollowAsync(hint, ct);
                await SettleAsync(hint.Id, HintState.Done, null, clock.GetUtcNow(), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                failed++;
                log.LogWarning(failure, "Hint {Event} on {Subject} could not be followed", hint.Event, hint.Subject);
                var again = TransientErrors.IsTransient(failure) && hint.Attempts < MostAttempts;
                await SettleAsync(hint.Id, again ? HintState.Waiting : HintState.Failed, TransientErrors.Describe(failure), clock.GetUtcNow() + DeliveryRetries.After(hint.Attempts), ct);
            }
        }
        return new(claimed.Count, claimed.Count - failed, failed);
    }

    /// <summary>A claimed hint comes back after a minute if this host dies with it.</summary>
    private Task<List<Claimed>> ClaimAsync(CancellationToken ct) => database.QueryAsync("""
        update channels_hints h set attempts = attempts + 1, due_at = $1 + $2
          from (select id from channels_hints where state = 1 and due_at <= $1 order by due_at, id limit $3 for update skip locked) n
         where h.id = n.id returning h.id, h.shop_id, h.event, h.subject, h.attempts
        """, r => new Claimed(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt32(4)), ct, clock.GetUtcNow(), Lease, AtMost);

    private async Task FollowAsync(Claimed hint, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).Shop(hint.ShopId) is not { } shop || await connections.FindAsync(shop.Id, ct) is not { } connection) return;
        if (hint.Event.StartsWith("refund.", StringComparison.Ordinal)) await FollowRefundAsync(hint, shop, connection, ct);
        if (!hint.Event.StartsWith("order.", StringComparison.Ordinal) || hint.Subject.Length == 0) return;
        var document = await adapters.For(shop.Kind).FetchOrderAsync(connection, hint.Subject, ct)
            ?? throw new PlatformException("not_found", $"平台查不到订单 {hint.Subject}", isTransient: true);
        await receive.HandleAsync(new(shop, DocumentKind.Order, DocumentSource.Push, [document]), ct);
    }

    private async Task FollowRefundAsync(Claimed hint, Shop shop, ShopConnection connection, CancellationToken ct)
    {
        var adapter = adapters.For(shop.Kind);
        if (hint.Subject.Length > 0 && adapter.Abilities.Can(PlatformActions.FetchRefund) && await adapter.FetchRefundAsync(connection, hint.Subject, ct) is { } refund)
            await receive.HandleAsync(new(shop, DocumentKind.Refund, DocumentSource.Push, [refund]), ct);
        else
            await database.RunAsync(tx => Cursors.HurryAsync(tx, hint.ShopId, PullStream.Refunds, clock.GetUtcNow(), ct), ct);
    }

    private Task SettleAsync(long id, HintState state, string? error, DateTimeOffset dueAt, CancellationToken ct) => database.RunAsync(tx =>
        tx.ExecuteAsync("update channels_hints set state = $2, last_error = left($3::text, 2000), due_at = $4 where id = $1", ct, id, (short)state, error, dueAt), ct);
}
