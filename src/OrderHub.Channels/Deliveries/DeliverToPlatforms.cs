using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderHub.Channels.Deliveries;

/// <summary>Empties each shop's queue on its own: a shop whose platform is slow or down keeps only its own deliveries waiting.</summary>
internal sealed class DeliverToPlatforms(DueDeliveries due, DeliverySignal signal, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliverToPlatforms> log) : BackgroundService
{
    /// <summary>Small enough that what becomes urgent meanwhile need not wait long for its turn.</summary>
    private const int Claim = 24;

    /// <summary>The safety net beside the signal: retries that fall due, and what other hosts wrote.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);

    /// <summary>A shop's rounds are at least so far apart while its queue is short: a burst of changes of one SKU becomes one call, the first of them is not held up.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _shops = new();

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var shop in await due.ShopsAsync(ct)) Start(shop, ct);
                await signal.WaitAsync(Poll, ct);
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
            for (var sent = Claim; sent > 0;)
            {
                var began = clock.GetTimestamp();
                sent = await SendDueAsync(shopId, ct);
                if (sent is > 0 and < Claim && Gathering - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero) await Task.Delay(left, clock, ct);
            }
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
        if (claimed.Count == 0) return 0;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendRoundHandler>().HandleAsync(shopId, claimed, ct);
        return claimed.Count;
    }
}
