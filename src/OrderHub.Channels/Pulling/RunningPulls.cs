using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderHub.Channels.Pulling;

/// <summary>The pulls of this host: each on its own, at most one per shop and stream, stopped and awaited when the host ends.</summary>
internal sealed class RunningPulls(IServiceScopeFactory scopes, ILogger<RunningPulls> log) : IHostedService, IAsyncDisposable
{
    private const int AtMost = 24; // each holds one database connection for its lock and uses a second one while it stores
    private readonly ConcurrentDictionary<PullShop, Task> _pulls = new();
    private readonly CancellationTokenSource _stopping = new();

    public int FreeSlots => Math.Max(0, AtMost - _pulls.Count);

    /// <returns>False when the last pull of this stream is still running.</returns>
    public bool TryStart(PullShop pull)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_stopping.IsCancellationRequested || !_pulls.TryAdd(pull, gate.Task)) return false;
        _ = Task.Run(() => RunAsync(pull, gate), CancellationToken.None);
        return true;
    }

    private async Task RunAsync(PullShop pull, TaskCompletionSource gate)
    {
        Activity.Current = null; // a trace of its own for each pull, not that of the job that found it due
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PullShopHandler>().HandleAsync(pull, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The cursor stands where the last complete window ended; the next start goes on from there.
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Pull of {Stream} of shop {ShopId} broke off", pull.Stream, pull.ShopId);
        }
        finally
        {
            _pulls.TryRemove(pull, out _);
            gate.SetResult();
        }
    }

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Before the database goes: what a pull has not stored yet it asks for again after the next start.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_pulls.Values).WaitAsync(ct);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
