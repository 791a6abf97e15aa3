using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <summary>The shop a round is sent to.</summary>
internal sealed record DeliveryTarget(Shop Shop, ShopConnection Connection, IPlatformAdapter Adapter);

/// <summary>Tells one shop what was claimed for it: what people or buyers wait for one by one, then the stock of all listings together.</summary>
internal sealed class SendRoundHandler(HubDatabase database, ICatalog catalog, ShopConnections connections, PlatformAdapters adapters, DueDeliveries due, IServiceScopeFactory scopes,
    SendStockHandler stock, ILogger<SendRoundHandler> log)
{
    public async Task HandleAsync(int shopId, IReadOnlyList<DueDelivery> claimed, CancellationToken ct)
    {
        if (await TargetAsync(shopId, claimed, ct) is not { } target) return;
        await Parallel.ForEachAsync(claimed.Where(d => d.Kind != DeliveryKind.Stock), new ParallelOptions { MaxDegreeOfParallelism = target.Adapter.Abilities.DeliveriesAtOnce, CancellationToken = ct },
            async (delivery, token) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SendDeliveryHandler>().HandleAsync(delivery, target, token);
            });
        if (claimed.Where(d => d.Kind == DeliveryKind.Stock).ToList() is { Count: > 0 } listings) await stock.HandleAsync(listings, target, ct);
    }

    /// <returns>Null when the shop cannot be talked to; then all of it is refused, with the reason.</returns>
    private async Task<DeliveryTarget?> TargetAsync(int shopId, IReadOnlyList<DueDelivery> claimed, CancellationToken ct)
    {
        try
        {
            if ((await catalog.CurrentAsync(ct)).Shop(shopId) is { } shop && await connections.FindAsync(shopId, ct) is { } connection) return new(shop, connection, adapters.For(shop.Kind));
            throw new PlatformException("channels.not_connected", "店铺未连接或已停用", isTransient: false);
        }
        catch (PlatformException refusal)
        {
            log.LogWarning(refusal, "{Count} deliveries to shop {ShopId} were refused", claimed.Count, shopId);
            await database.RunAsync(tx => due.FinishAsync(tx, [.. claimed.Select(d => DeliveryOutcome.Of(d, refusal, null, null, null))], ct), ct);
            return null;
        }
    }
}
