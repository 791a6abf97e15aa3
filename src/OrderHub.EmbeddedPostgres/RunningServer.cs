using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OrderHub.EmbeddedPostgres;

/// <summary>A server that answers on our port, with our password, for our folder.</summary>
internal sealed record RunningServer(int Port, string Password)
{
    public const string Superuser = "postgres";

    public static async Task<RunningServer?> FindAsync(ServerHome home, string cluster, CancellationToken ct)
    {
        if (PostmasterPid.Read(cluster) is not { } file || file.ProcessName() is null || !File.Exists(home.PasswordFile)) return null;
        var server = new RunningServer(file.Port, home.Password());
        try
        {
            await using var connection = new NpgsqlConnection(server.Connection("postgres").ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("select current_setting('data_directory')", connection);
            return await command.ExecuteScalarAsync(ct) is string folder && Path.GetFullPath(folder) == cluster ? server : null;
        }
        catch (NpgsqlException)
        {
            return null; // dead, still starting, or somebody else's server: all of them not ours to use
        }
    }

    /// <summary>A connection outside the pools, for our own few questions.</summary>
    public NpgsqlConnectionStringBuilder Connection(string database) => new()
    {
        Host = "127.0.0.1", Port = Port, Username = Superuser, Password = Password, Database = database, Pooling = false, Timeout = 5,
    };
}

/// <summary>What the server itself wrote into its folder: first line pid, fourth line port.</summary>
internal sealed record PostmasterPid(int Pid, int Port)
{
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    public static PostmasterPid? Read(string cluster)
    {
        string[] lines;
        try
        {
            using var stream = new FileStream(PathIn(cluster), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            lines = new StreamReader(stream).ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // not running
        }

        return lines.Length > 3
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new(pid, port) : null;
    }

    public static bool IsPostgres(string processName) => processName is "postgres" or "postmaster";

    /// <summary>Killed, but not yet buried by its parent, which in a container may never do so.</summary>
    public bool IsZombie
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return false;
            try
            {
                return File.ReadAllText($"/proc/{Pid}/stat").Contains(") Z ", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false; // ended altogether
            }
        }
    }

    /// <summary>The living process of that number, or null.</summary>
    public string? ProcessName()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            return process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null; // ended, also while we looked
        }
    }
}
