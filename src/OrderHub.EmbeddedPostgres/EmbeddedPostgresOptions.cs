namespace OrderHub.EmbeddedPostgres;

/// <summary>Where a private PostgreSQL lives and how it runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder of one OrderHub installation; created when missing. The cluster is <c>postgres/pg&lt;major&gt;</c> below it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>False only for throw-away test data: the last commits may then be lost at any stop or crash.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Null: a free port chosen once and kept with the data. A given port is never exchanged for another.</summary>
    public int? Port { get; init; }

    /// <summary>Server settings (as in postgresql.conf) that win over ours.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Null: search. <c>npm</c>: only the npm package. Else the folder that holds initdb, pg_ctl and postgres.
    /// The environment variable ORDERHUB_POSTGRES_BINARIES gives the default.
    /// </summary>
    public string? Binaries { get; init; } = Environment.GetEnvironmentVariable("ORDERHUB_POSTGRES_BINARIES") is { Length: > 0 } value ? value : null;
}
