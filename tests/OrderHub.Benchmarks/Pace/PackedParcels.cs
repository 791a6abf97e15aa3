using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Benchmarks.Pace;

/// <summary>Four packers at work, so that there are waybills to look for.</summary>
internal static class PackedParcels
{
    private const int Packers = 4;

    /// <returns>The waybills' numbers.</returns>
    public static async Task<IReadOnlyList<string>> PackAsync(PaceWorld world, int parcels, CancellationToken ct)
    {
        var tasks = new ConcurrentQueue<(long Order, int Warehouse)>(await world.Database.QueryAsync(
            "select order_id, warehouse_id from warehousing_pick_tasks where state = 1 order by order_id desc limit $1", r => (r.GetInt64(0), r.GetInt32(1)), ct, parcels));
        var waybills = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(1, Packers).Select(packer => Task.Run(async () =>
        {
            while (tasks.TryDequeue(out var task))
            {
                await using var scope = world.Services.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor($"packer {packer}", packer);
                waybills.Add(await PackAsync(scope.ServiceProvider.GetRequiredService<IPackingStation>(), task.Order, task.Warehouse, ct));
            }
        }, ct)));
        return [.. waybills];
    }

    private static async Task<string> PackAsync(IPackingStation station, long order, int warehouse, CancellationToken ct)
    {
        var task = (await station.ClaimAsync(new(warehouse, order), ct)).Value;
        foreach (var line in task.Lines)
            for (var piece = line.Scanned; piece < line.Quantity; piece++) _ = (await station.ScanAsync(new(order, Guid.NewGuid(), line.SkuCode), ct)).Value;
        return (await station.PackAsync(order, ct)).Value.WaybillNo;
    }
}
