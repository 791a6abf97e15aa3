using Microsoft.Extensions.Logging;

namespace OrderHub.EmbeddedPostgres;

/// <summary>What the owning process does for its server: keep it alive, stop it at the end, then let others have the folder.</summary>
internal sealed class Ownership
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _end = new();
    private readonly Cluster _cluster;
    private readonly HostLock _lock;
    private readonly EmbeddedPostgresOptions _options;
    private readonly ILogger _logger;
    private readonly Task _watch;

    /// <param name="options">With the port the clients already know: a restarted server must be found there.</param>
    public Ownership(Cluster cluster, HostLock hostLock, EmbeddedPostgresOptions options, ILogger logger)
    {
        (_cluster, _lock, _options, _logger) = (cluster, hostLock, options, logger);
        _watch = Task.Run(WatchAsync);
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await _cluster.StopAsync(fast: _options.Durable, CancellationToken.None);
        _lock.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (_end.IsCancellationRequested || !_cluster.HasDied) continue;
                _logger.LogWarning("PostgreSQL on port {Port} has died; starting it again", _options.Port);
                await _cluster.StartAsync(_options, CancellationToken.None);
            }
            catch (Exception e) // whatever the trouble (a full disk, say), the watch goes on
            {
                _logger.LogError(e, "PostgreSQL could not be started again; next attempt in {Delay}", LookEvery);
            }
        }
    }
}
