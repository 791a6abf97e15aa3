using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Webhooks;

/// <summary>
/// Fetches what the mall's and platforms' events hinted at, one by one; refunds that cannot be fetched alone are read by pulling the refund
/// stream at once. A hint that can't be followed is tried again later and then left to the regular pull, which sees the change anyway.
/// </summary>
internal sealed class FollowHintsHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, ReceiveDocumentsHandler receive,
    TimeProvider clock, ILogger<FollowHintsHandler> log)
{
    private const int AtMost = 50, MostAttempts = 6;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private sealed record Claimed(long Id, int ShopId, string Event, string Subject, int Attempts);

    public Task<List<int>> DueShopsAsync(CancellationToken ct) =>
        database.QueryAsync("select distinct shop_id from channels_hints where state = 1 and due_at <= $1", r => r.GetInt32(0), ct, clock.GetUtcNow());

    /// <summary>A round for one shop.</summary>
    /// <returns>How many hints were taken in hand.</returns>
    public async Task<int> HandleAsync(int shopId, CancellationToken ct)
    {
        var claimed = await ClaimAsync(shopId, ct);
        // several words about one order are one fetch
        foreach (var about in claimed.GroupBy(h => (Kind: h.Event.Split('.')[0], h.Subject)))
        {
            try
            {
                await FollowAsync(about.First(), ct);
                await SettleAsync(about, HintState.Done, null, clock.GetUtcNow(), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(failure, "Hint {Event} on {Subject} could not be followed", about.First().Event, about.Key.Subject);
                var attempts = about.Max(h => h.Attempts);
                var again = TransientErrors.IsTransient(failure) && attempts < MostAttempts;
                await SettleAsync(about, again ? HintState.Waiting : HintState.Failed, TransientErrors.Describe(failure), clock.GetUtcNow() + DeliveryRetries.After(attempts), ct);
            }
        }
        return claimed.Count;
    }

    /// <summary>A claimed hint comes back after a minute if this host dies with it.</summary>
    private Task<List<Claimed>> ClaimAsync(int shopId, CancellationToken ct) => database.QueryAsync("""
        update channels_hints h set attempts = attempts + 1, due_at = $1 + $2
          from (select id from channels_hints where state = 1 and due_at <= $1 and shop_id = $4 order by due_at, id limit $3 for update skip locked) n
         where h.id = n.id returning h.id, h.shop_id, h.event, h.subject, h.attempts
        """, r => new Claimed(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt32(4)), ct, clock.GetUtcNow(), Lease, AtMost, shopId);

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

    private Task SettleAsync(IEnumerable<Claimed> hints, HintState state, string? error, DateTimeOffset dueAt, CancellationToken ct) => database.RunAsync(tx =>
        tx.ExecuteAsync("update channels_hints set state = $2, last_error = left($3::text, 2000), due_at = $4 where id = any($1)", ct, hints.Select(h => h.Id).ToArray(), (short)state, error, dueAt), ct);
}

internal sealed class HintSignal : WakeUp;

/// <summary>Follows hints within moments of their arrival, each shop on its own.</summary>
internal sealed class FollowHints(HintSignal signal, IServiceScopeFactory scopes, TimeProvider clock, ILogger<FollowHints> log) : ShopWorker(signal, TimeSpan.FromSeconds(1), clock, log)
{
    protected override async Task<List<int>> DueShopsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowHintsHandler>().DueShopsAsync(ct);
    }

    protected override async Task EmptyAsync(int shopId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<FollowHintsHandler>().HandleAsync(shopId, ct) > 0) { }
    }
}
