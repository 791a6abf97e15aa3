namespace OrderHub.EmbeddedPostgres;

/// <summary>The private PostgreSQL cannot run here; the message says what to do and may be shown as it is.</summary>
public class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process owns the data directory.</summary>
public sealed class DataDirectoryInUseException(string dataDirectory, string ownerPid) : EmbeddedPostgresException(
    $"另一个 OrderHub 正在使用数据目录 {dataDirectory}（进程 {ownerPid}）。请先停止它，或用 OrderHub__DataDirectory 指定另一个目录。" + Environment.NewLine +
    $"Another OrderHub host uses the data directory {dataDirectory} (pid {ownerPid}). Stop it first, or choose another folder with OrderHub__DataDirectory.");
