using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OrderHub.EmbeddedPostgres;

/// <summary>The folder that holds all of one private server: cluster, password, port, log. Only the server's account may enter it.</summary>
internal sealed class ServerHome
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Traversable = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private ServerHome(string path, string? cluster) =>
        (Folder, ExistingCluster) = (path, cluster);

    public string Folder { get; }

    /// <summary>The cluster of an earlier run, or null.</summary>
    public string? ExistingCluster { get; }

    public int? ExistingMajor => ExistingCluster is { } c ? Major(c) : null;

    public string PasswordFile => Path.Combine(Folder, "password");

    public string LogFile => Path.Combine(Folder, "server.log");

    private string PortFile => Path.Combine(Folder, "port");

    /// <summary>The home an earlier run left in this data directory, or null.</summary>
    public static ServerHome? Find(string dataDirectory)
    {
        var pointer = PointerFile(dataDirectory);
        if (!File.Exists(pointer))
            return Directory.Exists(Inside(dataDirectory)) ? Open(Inside(dataDirectory)) : null;
        var elsewhere = File.ReadAllText(pointer).Trim();
        if (!Directory.Exists(elsewhere))
            throw new EmbeddedPostgresException($"The database folder {elsewhere}, named in {pointer}, is gone. Restore it, or delete {pointer} to start with an empty database.");
        return Open(elsewhere);
    }

    /// <summary>
    /// Made inside the data directory; where the server's account cannot enter that (below /root, say),
    /// under /var/lib/orderhub, with a pointer file in the data directory.
    /// </summary>
    public static async Task<ServerHome> FindOrCreateAsync(string dataDirectory, ServerAccount account, CancellationToken ct)
    {
        Directory.CreateDirectory(dataDirectory);
        var folder = Find(dataDirectory)?.Folder;
        if (folder is null)
        {
            folder = Inside(dataDirectory);
            if (!await account.CanEnterAsync(dataDirectory, ct))
            {
                folder = Elsewhere(dataDirectory);
                Directory.CreateDirectory(folder);
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.GetDirectoryName(folder)!, Traversable);
                await File.WriteAllTextAsync(PointerFile(dataDirectory), folder, ct);
            }
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, OwnerOnly);
        await account.OwnAsync(folder, ct);
        if (!await account.CanEnterAsync(folder, ct))
            throw new EmbeddedPostgresException($"The database's account cannot enter {folder}: every folder above it must be traversable (chmod o+x).");
        return Open(folder);
    }

    public string ClusterFor(int major) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"pg{major}"));

    public string Password() => File.ReadAllText(PasswordFile).Trim();

    public async Task<string> CreatePasswordFileAsync(ServerAccount account, CancellationToken ct)
    {
        if (File.Exists(PasswordFile)) return PasswordFile;
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(PasswordFile, create))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true)), ct);
        }

        await account.OwnAsync(PasswordFile, ct);
        return PasswordFile;
    }

    /// <summary>The kept port while it is free, else a new one, which is then the kept one.</summary>
    public int FreePort(int? wanted)
    {
        if (wanted is { } given)
            return IsFree(given) ? given : throw new EmbeddedPostgresException($"Port {given} is taken by another program; choose another one for the embedded PostgreSQL.");
        if (File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), NumberStyles.None, CultureInfo.InvariantCulture, out var kept) && IsFree(kept))
            return kept;

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static ServerHome Open(string folder) => new(folder, Directory.EnumerateDirectories(folder, "pg*")
        .Where(d => Major(d) is not null && File.Exists(Path.Combine(d, "PG_VERSION")))
        .MaxBy(Major));

    private static int? Major(string cluster) =>
        int.TryParse(Path.GetFileName(cluster).AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;

    private static string Inside(string dataDirectory) => Path.Combine(dataDirectory, "postgres");

    private static string PointerFile(string dataDirectory) => Path.Combine(dataDirectory, "postgres.location");

    private static string Elsewhere(string dataDirectory)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..12];
        return Path.Combine("/var/lib/orderhub", $"{Path.GetFileName(dataDirectory)}-{hash}");
    }
}
