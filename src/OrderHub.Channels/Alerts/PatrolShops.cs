using Microsoft.Extensions.Logging;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Alerts;

/// <summary>Looks what is wrong with the shops and keeps the incidents in line: new trouble is opened, trouble no longer seen is closed.</summary>
internal sealed class PatrolShopsJob(HubDatabase database, ICatalog catalog, IOrderCounts orders, IEnumerable<IChannelCondition> conditions, IIncidents incidents, ILogger<PatrolShopsJob> log) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var shops = await catalog.CurrentAsync(ct);
        var owners = await ShopOwnership.OfAllAsync(database, ct);
        var waiting = new Lazy<Task<IReadOnlyDictionary<int, int>>>(() => orders.ToShipByShopAsync(ct));
        var (seen, changed, failed) = (0, 0, 0);
        foreach (var condition in conditions)
        {
            try
            {
                var troubles = (await condition.LookAsync(ct)).Where(t => shops.Shop(t.ShopId) is { Active: true }).ToList();
                var toShip = troubles.Count > 0 ? await waiting.Value : null;
                seen += troubles.Count;
                changed += await SettleAsync(condition.Kind,
                    [.. troubles.Select(t => (Key(condition, t, shops.Shop(t.ShopId)!), News(t, shops.Shop(t.ShopId)!, toShip!.GetValueOrDefault(t.ShopId), owners[t.ShopId])))], ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // what cannot be looked at has neither begun nor ended
                log.LogError(failure, "Condition {Kind} could not be looked at", condition.Kind);
                failed++;
            }
        }
        return new(changed == 0 && failed == 0 ? 0 : seen, changed, failed); // a quiet round leaves no line in the job log
    }

    private Task<int> SettleAsync(string kind, IReadOnlyList<(IncidentKey Key, IncidentNews News)> troubles, CancellationToken ct) => database.RunAsync(async tx =>
    {
        var open = (await incidents.ListOpenAsync(tx, kind, ct)).ToHashSet();
        foreach (var (key, news) in troubles) await incidents.OpenAsync(tx, key, news, ct);
        var over = open.Except(troubles.Select(t => t.Key)).ToList();
        foreach (var key in over) await incidents.CloseAsync(tx, key, ct);
        return over.Count + troubles.Count(t => !open.Contains(t.Key));
    }, ct);

    private static IncidentKey Key(IChannelCondition condition, ChannelTrouble trouble, Shop shop) => new(condition.Kind, trouble.Detail.Length == 0 ? shop.Code : $"{shop.Code}:{trouble.Detail}");

    private static IncidentNews News(ChannelTrouble trouble, Shop shop, int toShip, IEnumerable<long> owners) => new(new Words(trouble.Title, shop.Name),
        [new("店铺", new(shop.Name)), .. trouble.Facts, new("等待发货的订单", AlertWords.Number(toShip))],
        trouble.Tab is { } tab ? $"/channels/{shop.Code}?tab={tab}" : $"/channels/{shop.Code}", [.. owners], trouble.IsCritical, trouble.Evidence);
}
