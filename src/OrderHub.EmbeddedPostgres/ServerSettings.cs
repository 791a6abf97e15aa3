using System.Globalization;
using System.Text;

namespace OrderHub.EmbeddedPostgres;

/// <summary>Our part of the server's configuration, written anew at each start.</summary>
internal static class ServerSettings
{
    /// <summary>The file's name, included at the end of postgresql.conf.</summary>
    public const string FileName = "orderhub.conf";

    public static string Text(EmbeddedPostgresOptions options, int port)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = "", // no socket: a deep data folder would pass the path limit of 107 bytes
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["max_connections"] = "200",
            ["shared_buffers"] = options.Durable ? $"{SharedBuffersMegabytes()}MB" : "64MB",
            ["wal_compression"] = "on",
            ["max_wal_size"] = "4GB", // with the next line: fewer checkpoints, since in the middle of a rush every commit waits for their writes
            ["checkpoint_timeout"] = "15min",
            ["min_wal_size"] = "1GB", // kept over a quiet night: in a rush each segment that is not there is 16 MB of zeros in the middle of somebody's commit
            ["jit"] = "off",
            ["autovacuum_naptime"] = "15s", // a first load changes everything the planner knows
            ["default_statistics_target"] = "30", // and is analysed at each look: 0.4 s of a core each time, where samples of 100 took 1.5
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_line_prefix"] = "%m [%p] ",
        };
        if (!options.Durable)
            foreach (var safety in new[] { "fsync", "synchronous_commit", "full_page_writes" })
                settings[safety] = "off";
        foreach (var (name, value) in options.Settings)
            settings[name] = value;

        var text = new StringBuilder("# Written by OrderHub at each start; changes here are lost.\n");
        foreach (var (name, value) in settings)
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }

    /// <summary>An eighth of the machine's memory, 4 GB at most: what is written in a rush stays there until the next checkpoint, instead of competing with the commits for the disk.</summary>
    private static long SharedBuffersMegabytes() =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / 1024 / 1024, 32, 4096);
}
