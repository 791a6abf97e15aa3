using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrderHub.EmbeddedPostgres;

/// <summary>A private PostgreSQL on 127.0.0.1. Whoever owns it restarts it when it dies and stops it on dispose; its data stays.</summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan WaitForStartingHost = TimeSpan.FromSeconds(60);
    private readonly RunningServer _server;
    private Ownership? _owned;

    private EmbeddedPostgresServer(RunningServer server, Ownership? owned) => (_server, _owned) = (server, owned);

    /// <summary>False when attached to the server of a running host: disposing then stops nothing.</summary>
    public bool OwnsProcess => _owned is not null;

    public int Port => _server.Port;

    /// <summary>For hosts. Also takes over a server that a killed host left running.</summary>
    /// <exception cref="DataDirectoryInUseException">Another living process owns the data directory.</exception>
    /// <exception cref="EmbeddedPostgresException">PostgreSQL cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        options = WithFullPath(options);
        return HostLock.TryTake(options.DataDirectory) is { } hostLock
            ? await StartOwnedAsync(options, hostLock, logger, ct)
            : throw InUse(options);
    }

    /// <summary>For command-line verbs: uses the server of a running host if there is one, else starts its own until disposed.</summary>
    /// <exception cref="DataDirectoryInUseException">A host owns the data directory, but its server did not come up in a minute.</exception>
    /// <exception cref="EmbeddedPostgresException">PostgreSQL cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> StartOrAttachAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        options = WithFullPath(options);
        using var patience = new CancellationTokenSource(WaitForStartingHost);
        while (!patience.IsCancellationRequested)
        {
            if (HostLock.TryTake(options.DataDirectory) is { } hostLock) return await StartOwnedAsync(options, hostLock, logger, ct);
            if (ServerHome.Find(options.DataDirectory) is { ExistingCluster: { } cluster } home && await RunningServer.FindAsync(home, cluster, ct) is { } running)
                return new(running, owned: null);
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct); // the host is still starting
        }

        throw InUse(options);
    }

    /// <summary>Deletes a data directory with all its data, after stopping a server that a dead host left running on it.</summary>
    /// <exception cref="DataDirectoryInUseException">A living process owns it.</exception>
    public static async Task DeleteAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        options = WithFullPath(options);
        if (!Directory.Exists(options.DataDirectory)) return;
        using (HostLock.TryTake(options.DataDirectory) ?? throw InUse(options))
        {
            if (ServerHome.Find(options.DataDirectory) is { } home)
            {
                if (home.ExistingCluster is { } folder && await RunningServer.FindAsync(home, folder, ct) is not null)
                    await (await ClusterAsync(options, logger, ct)).Cluster.StopAsync(fast: false, ct);
                Directory.Delete(home.Folder, recursive: true);
            }
        }

        Directory.Delete(options.DataDirectory, recursive: true);
    }

    /// <param name="configure">Pool sizes, application name and the like.</param>
    public string ConnectionString(string database, Action<NpgsqlConnectionStringBuilder>? configure = null)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = _server.Port, Username = RunningServer.Superuser, Password = _server.Password, Database = database,
        };
        configure?.Invoke(builder);
        return builder.ConnectionString;
    }

    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_server.Connection("postgres").ConnectionString);
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(ct) is not null) return;
        await using var create = new NpgsqlCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return; // a verb beside the host was faster
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _owned, null) is { } owned) await owned.EndAsync();
    }

    private static async Task<EmbeddedPostgresServer> StartOwnedAsync(EmbeddedPostgresOptions options, HostLock hostLock, ILogger logger, CancellationToken ct)
    {
        try
        {
            var (cluster, folder) = await ClusterAsync(options, logger, ct);
            await cluster.InitializeAsync(options.Durable, ct);
            var running = await cluster.StartAsync(options, ct);
            logger.LogInformation("PostgreSQL runs on 127.0.0.1:{Port} with its data in {Folder}", running.Port, folder);
            return new(running, new Ownership(cluster, hostLock, options with { Port = running.Port }, logger));
        }
        catch
        {
            hostLock.Dispose();
            throw;
        }
    }

    private static async Task<(Cluster Cluster, string Folder)> ClusterAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        var account = await ServerAccount.ChooseAsync(ServerHome.Find(options.DataDirectory)?.Folder, ct);
        var home = await ServerHome.FindOrCreateAsync(options.DataDirectory, account, ct);
        var binaries = await PostgresBinaries.FindAsync(options, home.ExistingMajor, account, logger, ct);
        var folder = home.ClusterFor(binaries.Major);
        return (new(home, folder, binaries, account, logger), folder);
    }

    private static EmbeddedPostgresOptions WithFullPath(EmbeddedPostgresOptions options) =>
        options with { DataDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory)) };

    private static DataDirectoryInUseException InUse(EmbeddedPostgresOptions options) =>
        new(options.DataDirectory, HostLock.OwnerPid(options.DataDirectory));
}
