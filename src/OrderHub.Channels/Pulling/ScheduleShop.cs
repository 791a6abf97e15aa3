using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Pulling;

/// <summary>How often a shop is pulled; takes hold at once.</summary>
internal sealed record ScheduleShop(string ShopCode, TimeSpan Every);

internal sealed class ScheduleShopHandler(HubDatabase database, ICatalog catalog, CurrentActor current, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The first is “continuous”.</summary>
    public static readonly IReadOnlyList<TimeSpan> Choices =
        [TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    public async Task<Result> HandleAsync(ScheduleShop command, CancellationToken ct)
    {
        if ((await catalog.CurrentAsync(ct)).ShopByCode(command.ShopCode) is not { } shop) return ChannelErrors.ShopNotFound(command.ShopCode);
        if (!Choices.Contains(command.Every)) return ChannelErrors.UnknownSchedule;
        await database.RunAsync(async tx =>
        {
            var before = await tx.QueryAsync("""
                update channels_connections c set pull_every = $2 from (select shop_id, pull_every from channels_connections where shop_id = $1 for update) o
                 where c.shop_id = o.shop_id returning o.pull_every
                """, r => r.GetFieldValue<TimeSpan>(0), ct, shop.Id, command.Every);
            await tx.ExecuteAsync("update channels_cursors set next_due_at = least(next_due_at, $2) where shop_id = $1", ct, shop.Id, clock.GetUtcNow());
            if (before is [var old] && old != command.Every)
                await audit.WriteAsync(tx, current.Actor, "channels.schedule", shop.Code, null, new { PullEvery = old.ToString() }, new { PullEvery = command.Every.ToString() }, ct);
        }, ct);
        return Result.Ok;
    }
}
