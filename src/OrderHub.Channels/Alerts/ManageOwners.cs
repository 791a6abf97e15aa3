using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Alerts;

/// <param name="Owners">Ids among <paramref name="Targets"/>; empty = everybody.</param>
internal sealed record OwnersView(IReadOnlyList<TargetName> Targets, IReadOnlySet<long> Owners);

/// <summary>Who hears of a shop's troubles.</summary>
internal sealed class ManageOwners(HubDatabase database, ICatalog catalog, INotifications notifications, AuditTrail audit, CurrentActor current)
{
    public async Task<OwnersView> ReadAsync(int shopId, CancellationToken ct)
    {
        var targets = await notifications.TargetsAsync(ct);
        var chosen = (await ShopOwnership.OfAllAsync(database, ct))[shopId];
        return new(targets, targets.Select(t => t.Id).Intersect(chosen).ToHashSet());
    }

    public async Task<Result> SaveAsync(int shopId, IReadOnlyCollection<long> owners, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).Shop(shopId) is not { } shop) return ChannelErrors.ShopNotFound(shopId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var names = (await notifications.TargetsAsync(ct)).Where(t => owners.Contains(t.Id)).ToList();
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("delete from channels_owners where shop_id = $1", ct, shopId);
            await tx.ExecuteAsync("insert into channels_owners (shop_id, target_id) select $1, t from unnest($2) t", ct, shopId, names.Select(n => n.Id).ToArray());
            await audit.WriteAsync(tx, current.Actor, "channels.owners", shop.Code, null, null, new { Owners = names.Select(n => n.Name) }, ct);
        }, ct);
        return Result.Ok;
    }
}
