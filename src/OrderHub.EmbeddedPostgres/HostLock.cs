using System.Globalization;

namespace OrderHub.EmbeddedPostgres;

/// <summary>One owner per data directory, for as long as the owning process lives: the system releases it even after kill -9.</summary>
internal sealed class HostLock : IDisposable
{
    private readonly FileStream _file;

    private HostLock(FileStream file) => _file = file;

    /// <returns>Null when another process, or another server object of this one, holds it.</returns>
    public static HostLock? TryTake(string dataDirectory)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
            var file = new FileStream(Path.Combine(dataDirectory, "orderhub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Beside the lock and not in it: a locked file cannot be read by the one who is refused.
            File.WriteAllText(PidFile(dataDirectory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedPostgresException(
                $"数据目录 {dataDirectory} 属于另一个系统用户。请用同一用户运行，或用 OrderHub__DataDirectory 指定另一个目录。" + Environment.NewLine +
                $"The data directory {dataDirectory} belongs to another account. Run as that account, or choose another folder with OrderHub__DataDirectory.", e);
        }
    }

    public static string OwnerPid(string dataDirectory) =>
        File.Exists(PidFile(dataDirectory)) ? File.ReadAllText(PidFile(dataDirectory)).Trim() : "?";

    public void Dispose() => _file.Dispose();

    private static string PidFile(string dataDirectory) => Path.Combine(dataDirectory, "orderhub.pid");

    /// <summary>EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsHeldByAnother(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
