using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace OrderHub.EmbeddedPostgres;

/// <summary>Makes, starts and stops one cluster with PostgreSQL's own programs.</summary>
internal sealed class Cluster(ServerHome home, string folder, PostgresBinaries binaries, ServerAccount account, ILogger logger)
{
    /// <summary>After kill -9 of the server its pid and shared memory stay visible for some seconds.</summary>
    private static readonly TimeSpan RetryStartFor = TimeSpan.FromSeconds(30);
    private const long LargestLog = 10 * 1024 * 1024;

    private static readonly string[] PassingTroubles =
        ["lock file \"postmaster.pid\"", "shared memory block", "could not bind", "could not create any TCP/IP sockets"];

    public async Task InitializeAsync(bool durable, CancellationToken ct)
    {
        if (Directory.Exists(folder)) return;
        var unfinished = folder + ".new"; // renamed when complete: a killed initdb leaves no half cluster behind
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        var password = await home.CreatePasswordFileAsync(account, ct);
        string[] command =
        [
            binaries.Initdb, "-D", unfinished, "-U", RunningServer.Superuser, "-E", "UTF8", "--locale=C",
            "--auth=scram-sha-256", $"--pwfile={password}", .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        var initdb = await account.RunAsync(command, home.Folder, ct);
        if (!initdb.Ok) throw new EmbeddedPostgresException($"initdb failed in {folder}: {initdb.Output}");
        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), $"\ninclude '{ServerSettings.FileName}'\n", ct);
        Directory.Move(unfinished, folder);
        logger.LogInformation("Created a PostgreSQL {Major} cluster in {Folder}", binaries.Major, folder);
    }

    /// <summary>Starts the server, or finds the one that a killed host left running.</summary>
    public async Task<RunningServer> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        RotateLog();
        while (true)
        {
            RemoveForeignPidFile();
            if (await RunningServer.FindAsync(home, folder, ct) is { } running) return running;
            await WriteSettingsAsync(ServerSettings.Text(options, home.FreePort(options.Port)), ct);
            var logEnd = LogLength();
            // A long recovery after a crash is work, not a failure: five minutes. Output is not read: the server would hold the pipe on Windows.
            var start = await account.RunAsync(
                [binaries.PgCtl, "start", "-s", "-w", "-t", "300", "-D", folder, "-l", home.LogFile], home.Folder, ct, readOutput: !OperatingSystem.IsWindows());
            if (start.Ok) continue;

            var trouble = $"{start.Output} {LogAfter(logEnd)}".Trim();
            if (clock.Elapsed > RetryStartFor || !PassingTroubles.Any(t => trouble.Contains(t, StringComparison.Ordinal)))
                throw new EmbeddedPostgresException($"PostgreSQL did not start in {folder}: {trouble}");
            await Task.Delay(TimeSpan.FromMilliseconds(300), ct);
        }
    }

    public bool HasDied => PostmasterPid.Read(folder) is not { } file || file.IsZombie || file.ProcessName() is null;

    /// <param name="fast">True: roll back, checkpoint, stop. False: as a crash would, for data nobody needs again.</param>
    public async Task StopAsync(bool fast, CancellationToken ct)
    {
        if (HasDied) return;
        var stop = await account.RunAsync(
            [binaries.PgCtl, "stop", "-s", "-w", "-t", "60", "-m", fast ? "fast" : "immediate", "-D", folder], home.Folder, ct);
        if (!stop.Ok) logger.LogError("PostgreSQL in {Folder} did not stop: {Output}", folder, stop.Output);
    }

    private async Task WriteSettingsAsync(string text, CancellationToken ct)
    {
        var file = Path.Combine(folder, ServerSettings.FileName);
        await File.WriteAllTextAsync(file, text, ct);
        await account.OwnAsync(file, ct);
    }

    /// <summary>
    /// PostgreSQL refuses to start while the number in postmaster.pid is in use, even if by a dead process that nobody buries, or by another
    /// program (after a reboot, in a restarted container). Only then the file goes, and PostgreSQL still
    /// checks by shared memory that no server uses the folder.
    /// </summary>
    private void RemoveForeignPidFile()
    {
        if (PostmasterPid.Read(folder) is not { } file) return;
        var name = file.IsZombie ? "a dead process" : file.ProcessName();
        if (name is null || PostmasterPid.IsPostgres(name)) return;
        logger.LogWarning("Removing {Folder}/postmaster.pid: its pid {Pid} is now {Program}", folder, file.Pid, name);
        File.Delete(PostmasterPid.PathIn(folder));
    }

    private void RotateLog()
    {
        if (LogLength() > LargestLog) File.Move(home.LogFile, home.LogFile + ".1", overwrite: true);
    }

    private long LogLength() => new FileInfo(home.LogFile) is { Exists: true } log ? log.Length : 0;

    private string LogAfter(long position)
    {
        if (LogLength() <= position) return "";
        using var log = new FileStream(home.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = position;
        return new StreamReader(log).ReadToEnd().Trim();
    }
}
