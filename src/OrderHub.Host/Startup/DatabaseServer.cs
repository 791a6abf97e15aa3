using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.Host.Startup;

/// <summary>The database this process works on: the operator's, or a private one that lives in the data directory.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private const string DatabaseName = "orderhub";
    private readonly EmbeddedPostgresServer? _embedded;

    private DatabaseServer(string connectionString, EmbeddedPostgresServer? embedded) => (ConnectionString, _embedded) = (connectionString, embedded);

    public string ConnectionString { get; }
    public bool IsPrivate => _embedded is not null;

    /// <param name="beside">True for verbs: a running host's private server is shared, not refused.</param>
    public static async Task<DatabaseServer> StartAsync(HubSettings settings, bool beside, ILogger log, CancellationToken ct)
    {
        if (settings.ConnectionString is { } given)
        {
            await using var probe = new NpgsqlConnection(given);
            await probe.OpenAsync(ct);
            return new(given, null);
        }
        var options = new EmbeddedPostgresOptions { DataDirectory = settings.DataDirectory };
        var embedded = beside
            ? await EmbeddedPostgresServer.StartOrAttachAsync(options, log, ct)
            : await EmbeddedPostgresServer.StartAsync(options, log, ct);
        try
        {
            await embedded.EnsureDatabaseAsync(DatabaseName, ct);
            return new(embedded.ConnectionString(DatabaseName, c => c.ApplicationName = "orderhub"), embedded);
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
