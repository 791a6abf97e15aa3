using OrderHub.Allocation.Addresses;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Stops;

/// <param name="CourierId">Null = all couriers; so for the warehouse.</param>
/// <param name="Region">As typed; empty = everywhere.</param>
internal sealed record StopDraft(int? CourierId, int? WarehouseId, string Region, DateTimeOffset From, DateTimeOffset? Until, string Reason);

internal sealed class ChangeStopsHandler(ChangeNetwork changes, IFulfilmentNetwork network, TimeProvider clock)
{
    public async Task<Result> AddAsync(StopDraft draft, CancellationToken ct)
    {
        var current = await network.CurrentAsync(ct);
        if (draft.CourierId is { } courier && current.Courier(courier) is null) return AllocationErrors.CourierUnknown(courier);
        if (draft.WarehouseId is { } warehouse && current.Warehouse(warehouse) is null) return AllocationErrors.WarehouseUnknown(warehouse);
        if (draft.Until <= draft.From || draft.Until <= clock.GetUtcNow()) return AllocationErrors.StopPeriod;
        if (string.IsNullOrWhiteSpace(draft.Reason)) return AllocationErrors.ReasonMissing;
        string? region = null;
        if (!string.IsNullOrWhiteSpace(draft.Region))
        {
            var read = Regions.Read(draft.Region);
            if (read.Error is { } unknown) return unknown;
            region = read.Value;
        }
        var stop = new Suspension(draft.CourierId, draft.WarehouseId, region, draft.From.ToUniversalTime(), draft.Until?.ToUniversalTime());
        return await changes.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("insert into allocation_suspensions (courier_id, warehouse_id, region, from_at, until_at, reason) values ($1::int, $2::int, $3::text, $4, $5::timestamptz, $6)", ct,
                stop.CourierId, stop.WarehouseId, stop.Region, stop.From, stop.Until, draft.Reason.Trim());
            return new NetworkChange("allocation.suspension_added", region ?? "*", null, stop, draft.Reason.Trim());
        }, ct);
    }

    /// <summary>One in force ends now; one that has not begun is taken back.</summary>
    public Task<Result> EndAsync(int id, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        var now = clock.GetUtcNow();
        var found = await tx.QueryAsync("select region, from_at, until_at from allocation_suspensions where id = $1",
            r => (Region: r.Text(0), From: r.GetFieldValue<DateTimeOffset>(1), Until: r.Nullable<DateTimeOffset>(2)), ct, id);
        if (found is not [var stop] || stop.Until <= now) return AllocationErrors.StopEnded;
        await tx.ExecuteAsync(stop.From < now ? "update allocation_suspensions set until_at = $2 where id = $1" : "delete from allocation_suspensions where id = $1 and from_at >= $2", ct, id, now);
        return new NetworkChange(stop.From < now ? "allocation.suspension_ended" : "allocation.suspension_withdrawn", stop.Region ?? "*", new { stop.From, stop.Until }, new { until = now });
    }, ct);
}
