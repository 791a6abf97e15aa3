using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Inbox;
using OrderHub.Platform.Jobs;

namespace OrderHub.Channels.Webhooks;

/// <summary>
/// Empties the message queues of the platforms that keep one. A queue is an app's, not a shop's: its news goes to every shop of the app, and
/// the one whose order it is finds something. Confirmed only when stored.
/// </summary>
internal sealed class TakeMessagesJob(ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, HintBox hints, ILogger<TakeMessagesJob> log) : IJob
{
    private const int MostRounds = 20;

    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var kinds = (await catalog.CurrentAsync(ct)).Shops.Where(s => s.Active).Select(s => s.Kind).Distinct().Where(k => adapters.For(k).Abilities.Can(PlatformActions.Messages));
        var apps = new List<IReadOnlyList<ShopConnection>>();
        foreach (var kind in kinds) apps.AddRange((await connections.OfKindAsync(kind, ct)).GroupBy(s => s.AppKey).Select(g => g.ToList()));
        // side by side: an app whose platform is down costs the others nothing
        var taken = await Task.WhenAll(apps.Select(shops => TakeAsync(shops, ct)));
        return new(taken.Sum(), taken.Sum());
    }

    private async Task<int> TakeAsync(IReadOnlyList<ShopConnection> shops, CancellationToken ct)
    {
        var adapter = adapters.For(shops[0].Kind);
        var taken = 0;
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                var messages = await adapter.TakeMessagesAsync(shops[0], ct);
                if (messages.Count == 0) break;
                await hints.KeepAsync([.. shops.SelectMany(s => messages.Select(m => new News(s.ShopId, m.Id, m.Kind == DocumentKind.Order ? "order.message" : "refund.message", m.Subject)))], ct);
                await adapter.ConfirmMessagesAsync(shops[0], messages, ct);
                taken += messages.Count;
            }
        }
        catch (PlatformException failure)
        {
            // the pull sees every change anyway, and what was not confirmed comes again
            log.LogWarning(failure, "Messages for {Shop} could not be taken", shops[0].ShopCode);
        }
        return taken;
    }
}
