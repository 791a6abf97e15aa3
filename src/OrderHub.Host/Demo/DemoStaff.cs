using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Host.Demo;

/// <summary>Simulated packers in every warehouse but 苏州, which is left to people. They work through the same doors as the phone pages.</summary>
internal sealed class DemoStaff(IServiceScopeFactory scopes, IFulfilmentNetwork network, DemoOptions options, TimeProvider clock, ILogger<DemoStaff> log) : BackgroundService
{
    private const string LeftToPeople = "SUZ";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1), AfterTrouble = TimeSpan.FromSeconds(5), HandoverEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        if (options.StaffPace <= 0) return;
        var known = await network.CurrentAsync(ct);
        await Task.WhenAll(known.Warehouses.Where(w => w.Active && w.Code != LeftToPeople).Select(w => WorkAsync(w, known.Couriers, ct)));
    }

    private async Task WorkAsync(Warehouse warehouse, IReadOnlyList<Courier> couriers, CancellationToken ct)
    {
        var pace = TimeSpan.FromSeconds(1 / options.StaffPace);
        var waiting = couriers.Select(c => c.Code).ToHashSet(); // what was packed before the last stop waits too
        var nextHandover = clock.GetUtcNow() + HandoverEvery;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var packed = await PackOneAsync(warehouse, ct);
                if (packed is not null) waiting.Add(packed);
                if (clock.GetUtcNow() >= nextHandover)
                {
                    foreach (var courier in waiting) await AsPackerAsync(warehouse, s => s.HandOverAsync(new(warehouse.Id, courier), ct));
                    waiting.Clear();
                    nextHandover = clock.GetUtcNow() + HandoverEvery;
                }
                await Task.Delay(packed is null ? Rest : pace, clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogWarning(trouble, "Simulated staff in {Warehouse} stumbled; going on in {Seconds} s", warehouse.Code, AfterTrouble.TotalSeconds);
                await Task.Delay(AfterTrouble, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>The courier whose parcel was packed; null when there was nothing to do, or the order was refused and put back.</returns>
    private async Task<string?> PackOneAsync(Warehouse warehouse, CancellationToken ct)
    {
        var claimed = await AsPackerAsync(warehouse, s => s.ClaimAsync(new(warehouse.Id), ct));
        if (!claimed.IsOk) return null;
        var task = claimed.Value;
        foreach (var line in task.Lines)
            for (var piece = line.Scanned; piece < line.Quantity; piece++)
            {
                var scanned = await AsPackerAsync(warehouse, s => s.ScanAsync(new(task.Key, Guid.NewGuid(), line.Barcode), ct));
                if (!scanned.IsOk) return await PutBackAsync(warehouse, task.Key, ct);
            }
        var packed = await AsPackerAsync(warehouse, s => s.PackAsync(task.Key, ct));
        return packed.IsOk ? packed.Value.CourierCode : await PutBackAsync(warehouse, task.Key, ct);
    }

    private async Task<string?> PutBackAsync(Warehouse warehouse, TaskKey task, CancellationToken ct)
    {
        await AsPackerAsync(warehouse, s => s.ReleaseAsync(task, ct));
        return null;
    }

    private async Task<T> AsPackerAsync<T>(Warehouse warehouse, Func<IPackingStation, Task<T>> act)
    {
        using var activity = HubTracing.Source.StartActivity("DemoStaff");
        await using var scope = scopes.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        (current.Actor, current.WarehouseId) = (new Actor(warehouse.City + "演示员工"), warehouse.Id);
        return await act(scope.ServiceProvider.GetRequiredService<IPackingStation>());
    }
}
