using OrderHub.Allocation.Addresses;
using OrderHub.Allocation.Network;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Stops;

/// <summary>Which provinces and cities are marked as remote on orders and for programs.</summary>
internal sealed class ChangeRemoteAreasHandler(ChangeNetwork changes)
{
    /// <param name="typed">省 or 省/市, with commas or line breaks between; empty = none is remote.</param>
    public async Task<Result> ChangeAsync(string typed, CancellationToken ct)
    {
        var read = Regions.ReadAll(typed);
        if (read.Error is { } unknown) return unknown;
        string[] regions = [.. read.Value];
        if (regions.FirstOrDefault(r => r.Count(c => c == '/') > 1) is { } tooFine) return AllocationErrors.RemoteAreaTooFine(tooFine);
        return await changes.RunAsync(async tx =>
        {
            var before = (await tx.QueryAsync("select regions from allocation_remote_areas where id = 1", r => r.GetFieldValue<string[]>(0), ct)).FirstOrDefault() ?? [];
            if (before.SequenceEqual(regions)) return NetworkChange.None;
            await tx.ExecuteAsync("insert into allocation_remote_areas (id, regions) values (1, $1) on conflict (id) do update set regions = excluded.regions", ct, [regions]);
            return new NetworkChange("allocation.remote_areas_changed", "remote areas", before, regions);
        }, ct);
    }
}
