using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.PostgresTests.Infrastructure;

/// <summary>
/// One server per test process, started by the first test that needs it: an embedded one without durability,
/// or the server whose connection string is in ORDERHUB_TEST_POSTGRES (its user must be allowed to create databases).
/// </summary>
public static class TestPostgres
{
    /// <summary>Brings the template database, given by connection string, to the schema every test starts from. Run once per process.</summary>
    public static Func<string, Task> Migrate { get; set; } = _ => Task.CompletedTask;

    private const string FolderPrefix = "orderhub-tests-";
    private static readonly string Template = string.Create(CultureInfo.InvariantCulture, $"orderhub_template_{Environment.ProcessId}");
    private static readonly Lazy<Task<Server>> Started = new(StartAsync);
    private static int _databases;

    private sealed record Server(Func<string, string> ConnectionString, EmbeddedPostgresServer? Embedded, EmbeddedPostgresOptions? Options);

    /// <returns>The connection string of a new database cloned from the template.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await Started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"orderhub_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(server, $"create database {name} template {Template}");
        return server.ConnectionString(name);
    }

    public static async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(connection);
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(await Started.Value, $"drop database if exists {name} with (force)");
    }

    /// <summary>Called once, after the last test of the process.</summary>
    public static async Task StopAsync()
    {
        if (!Started.IsValueCreated) return;
        var server = await Started.Value;
        NpgsqlConnection.ClearAllPools();
        if (server is { Embedded: { } embedded, Options: { } options })
        {
            await embedded.DisposeAsync();
            await EmbeddedPostgresServer.DeleteAsync(options, NullLogger.Instance, CancellationToken.None);
            return;
        }

        await ExecuteAsync(server, $"alter database {Template} is_template false");
        await ExecuteAsync(server, $"drop database {Template} with (force)");
    }

    private static async Task<Server> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable("ORDERHUB_TEST_POSTGRES") is { Length: > 0 } given
            ? new Server(database => new NpgsqlConnectionStringBuilder(given) { Database = database }.ConnectionString, null, null)
            : await StartEmbeddedAsync();
        await ExecuteAsync(server, $"create database {Template}");
        await Migrate(server.ConnectionString(Template));
        NpgsqlConnection.ClearAllPools(); // a template with an open connection cannot be cloned
        await ExecuteAsync(server, $"alter database {Template} with is_template true allow_connections false");
        await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Template}'");
        return server;
    }

    private static async Task<Server> StartEmbeddedAsync()
    {
        await RemoveLeftoversAsync();
        var folder = Path.Combine(Path.GetTempPath(), FolderPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Durable = false };
        var embedded = await EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        return new(database => embedded.ConnectionString(database), embedded, options);
    }

    /// <summary>Servers and folders of test processes that were killed.</summary>
    private static async Task RemoveLeftoversAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (!int.TryParse(Path.GetFileName(folder).AsSpan(FolderPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || IsAlive(pid)) continue;
            try
            {
                await EmbeddedPostgresServer.DeleteAsync(new() { DataDirectory = folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
            }
            catch (Exception e) when (e is DataDirectoryInUseException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                continue; // another test process is removing it, or it is another user's
            }
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(Server server, string sql)
    {
        var postgres = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
