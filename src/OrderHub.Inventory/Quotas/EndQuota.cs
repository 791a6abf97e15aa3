using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Quotas;

/// <summary>Returns what a quota has left to everybody. Orders that drew from it keep their pieces.</summary>
internal sealed class EndQuotaHandler(HubDatabase database, IStockPool pool, AuditTrail audit, OutboxWriter outbox, CurrentActor current, TimeProvider clock)
{
    public async Task<Result> EndAsync(long id, CancellationToken ct) => await EndAsync(id, current.Actor, ct) ? Result.Ok : InventoryErrors.QuotaEnded;

    public Task<bool> EndAsync(long id, Actor actor, CancellationToken ct) => database.RunAsync(async tx =>
    {
        if ((await tx.QueryAsync("select sku_id from inventory_quotas where id = $1", r => r.GetInt32(0), ct, id)) is not [var skuId]) return false;
        await pool.LockAsync(tx, [skuId], [], ct);
        var left = await tx.QueryAsync("update inventory_quotas set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null returning quantity - used", r => r.GetInt32(0), ct, id, clock.GetUtcNow(), actor.Name);
        if (left.Count == 0) return false;
        await tx.ExecuteAsync("update inventory_stock set has_quota = false where sku_id = $1 and not exists (select 1 from inventory_quotas where sku_id = $1 and ended_at is null)", ct, skuId);
        await audit.WriteAsync(tx, actor, "inventory.quota_ended", $"quota {id}", null, null, new { skuId, returned = left[0] }, ct);
        outbox.Add(tx, [new StockChanged([skuId])]);
        return true;
    }, ct);
}

/// <summary>Ends the quotas whose time is over, and tells the channels of those that have begun. Orders mind the times by themselves; this is for what is shown.</summary>
internal sealed class TurnQuotasJob(HubDatabase database, EndQuotaHandler end, OutboxWriter outbox, TimeProvider clock) : IJob
{
    public async Task<JobReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = await database.QueryAsync("select id from inventory_quotas where ended_at is null and until_at <= $1 order by until_at limit 500", r => r.GetInt64(0), ct, now);
        var ended = 0;
        foreach (var id in over)
            if (await end.EndAsync(id, Actor.System, ct)) ended++;
        var begun = await database.RunAsync(async tx =>
        {
            var skus = await tx.QueryAsync("update inventory_quotas set announced_at = $1 where ended_at is null and announced_at is null and from_at <= $1 returning sku_id", r => r.GetInt32(0), ct, now);
            if (skus.Count > 0) outbox.Add(tx, [new StockChanged([.. skus.Distinct().Order()])]);
            return skus.Count;
        }, ct);
        return new JobReport(over.Count + begun, ended + begun);
    }
}
