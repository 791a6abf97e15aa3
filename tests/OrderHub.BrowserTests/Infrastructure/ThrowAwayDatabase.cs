using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.BrowserTests.Infrastructure;

/// <summary>An empty database for one test run: on an embedded server without durability, or on the server named in ORDERHUB_TEST_POSTGRES.</summary>
internal sealed class ThrowAwayDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer? _embedded;
    private readonly EmbeddedPostgresOptions? _options;

    private ThrowAwayDatabase(string connectionString, EmbeddedPostgresServer? embedded, EmbeddedPostgresOptions? options) =>
        (ConnectionString, _embedded, _options) = (connectionString, embedded, options);

    public string ConnectionString { get; }

    public static async Task<ThrowAwayDatabase> CreateAsync(string folder)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"orderhub_browser_{Environment.ProcessId}");
        if (Environment.GetEnvironmentVariable("ORDERHUB_TEST_POSTGRES") is { Length: > 0 } given)
        {
            var own = new NpgsqlConnectionStringBuilder(given) { Database = name };
            await OnServerAsync(own, $"create database {name}");
            return new(own.ConnectionString, null, null);
        }
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Durable = false };
        var embedded = await EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        await embedded.EnsureDatabaseAsync(name, CancellationToken.None);
        return new(embedded.ConnectionString(name), embedded, options);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_embedded is null)
        {
            var own = new NpgsqlConnectionStringBuilder(ConnectionString);
            await OnServerAsync(own, $"drop database if exists {own.Database} with (force)");
            return;
        }
        await _embedded.DisposeAsync();
        await EmbeddedPostgresServer.DeleteAsync(_options!, NullLogger.Instance, CancellationToken.None);
    }

    private static async Task OnServerAsync(NpgsqlConnectionStringBuilder own, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
