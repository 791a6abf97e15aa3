using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.PostgresTests.EmbeddedPostgres;

/// <summary>A data directory of one test, removed after it.</summary>
public abstract class EmbeddedPostgresFolder : IAsyncLifetime
{
    protected EmbeddedPostgresOptions Options { get; } = new()
    {
        DataDirectory = Path.Combine(Path.GetTempPath(), $"orderhub-embedded-{Guid.NewGuid():N}"),
        Settings = new Dictionary<string, string> { ["shared_buffers"] = "32MB" },
    };

    protected string Home => Path.Combine(Options.DataDirectory, "postgres");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => EmbeddedPostgresServer.DeleteAsync(Options, NullLogger.Instance, CancellationToken.None);

    protected Task<EmbeddedPostgresServer> StartAsync() =>
        EmbeddedPostgresServer.StartAsync(Options, NullLogger.Instance, CancellationToken.None);

    protected Task<EmbeddedPostgresServer> StartOrAttachAsync() =>
        EmbeddedPostgresServer.StartOrAttachAsync(Options, NullLogger.Instance, CancellationToken.None);

    protected static Task WriteRowAsync(EmbeddedPostgresServer server) =>
        ScalarAsync(server, "create table if not exists kept (id int); insert into kept values (1); select 1");

    protected static async Task<long> RowsAsync(EmbeddedPostgresServer server) =>
        (long)(await ScalarAsync(server, "select count(*) from kept"))!;

    /// <summary>kill -9 of the server's main process.</summary>
    protected void KillServer()
    {
        var pid = File.ReadLines(Path.Combine(Directory.GetDirectories(Home, "pg*").Single(), "postmaster.pid")).First();
        using var postmaster = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        postmaster.Kill();
    }

    protected static async Task<object?> ScalarAsync(EmbeddedPostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres", c => c.Pooling = false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
