using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderHub.Channels.Connections;

/// <summary>Wakes a worker in this process when something became due; on other hosts their poll finds it.</summary>
internal class WakeUp
{
    private readonly SemaphoreSlim _news = new(0, 1);

    public void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // already awake: one wake-up serves all commits before it
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _news.WaitAsync(atMost, ct);
}

/// <summary>Empties each shop's queue on its own: a shop whose platform is slow or down keeps only its own work waiting.</summary>
internal abstract class ShopWorker(WakeUp signal, TimeSpan poll, TimeProvider clock, ILogger log) : BackgroundService
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _shops = new();

    /// <summary>Shops with anything due.</summary>
    protected abstract Task<List<int>> DueShopsAsync(CancellationToken ct);

    /// <summary>Works until nothing of the shop is due.</summary>
    protected abstract Task EmptyAsync(int shopId, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var shop in await DueShopsAsync(ct)) Start(shop, ct);
                await signal.WaitAsync(poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception failure)
            {
                log.LogError(failure, "Looking for due work failed; trying again in 2 s");
                await Task.Delay(TimeSpan.FromSeconds(2), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_shops.Values.Select(s => s.Task));
    }

    private void Start(int shopId, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_shops.TryAdd(shopId, done)) _ = Task.Run(() => RunAsync(shopId, done, ct), CancellationToken.None);
    }

    private async Task RunAsync(int shopId, TaskCompletionSource done, CancellationToken ct)
    {
        try
        {
            await EmptyAsync(shopId, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // claims of this host end by time; the next worker goes on with them
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Work for shop {ShopId} broke off", shopId);
        }
        finally
        {
            _shops.TryRemove(shopId, out _);
            done.SetResult();
        }
    }
}
