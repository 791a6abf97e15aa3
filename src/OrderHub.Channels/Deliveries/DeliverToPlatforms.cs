using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderHub.Channels.Deliveries;

/// <summary>Empties each shop's queue on its own: a shop whose platform is slow or down keeps only its own deliveries waiting.</summary>
internal sealed class DeliverToPlatforms(DueDeliveries due, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliverToPlatforms> log) : BackgroundService
{
    private const int Claim = 16, AtOnce = 4;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _shops = new();

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var shop in await due.ShopsAsync(ct)) Start(shop, ct);
                await Task.Delay(Poll, clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception failure)
            {
                log.LogError(failure, "Looking for due deliveries failed; trying again in 2 s");
                await Task.Delay(TimeSpan.FromSeconds(2), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_shops.Values.Select(s => s.Task));
    }

    private void Start(int shopId, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_shops.TryAdd(shopId, done)) _ = Task.Run(() => EmptyAsync(shopId, done, ct), CancellationToken.None);
    }

    private async Task EmptyAsync(int shopId, TaskCompletionSource done, CancellationToken ct)
    {
        try
        {
            while (await SendDueAsync(shopId, ct) > 0) { }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Claims of this host end by time; the next worker sends them, and the platform knows a waybill it has already.
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Deliveries of shop {ShopId} broke off", shopId);
        }
        finally
        {
            _shops.TryRemove(shopId, out _);
            done.SetResult();
        }
    }

    /// <summary>One round for a shop.</summary>
    /// <returns>How many were taken in hand.</returns>
    public async Task<int> SendDueAsync(int shopId, CancellationToken ct)
    {
        var claimed = await due.ClaimAsync(shopId, Claim, ct);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (delivery, token) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SendDeliveryHandler>().HandleAsync(delivery, token);
        });
        return claimed.Count;
    }
}
