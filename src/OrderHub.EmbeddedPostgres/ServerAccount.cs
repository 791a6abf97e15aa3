using System.Globalization;

namespace OrderHub.EmbeddedPostgres;

/// <summary>
/// Under which account PostgreSQL's programs run. They refuse root, so root hands them to an account without rights;
/// everybody else runs them as themselves.
/// </summary>
internal sealed class ServerAccount
{
    private static readonly string[] PreferredUsers = ["postgres", "nobody"];
    private readonly string[] _prefix;
    private readonly string? _owner;

    private ServerAccount(string[] prefix, string? owner) => (_prefix, _owner) = (prefix, owner);

    public bool IsDropped => _owner is not null;

    /// <param name="existing">A folder with data from an earlier run, whose owner goes on using it; or null.</param>
    public static async Task<ServerAccount> ChooseAsync(string? existing, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new([], null);

        var users = File.Exists("/etc/passwd") ? (await File.ReadAllLinesAsync("/etc/passwd", ct)).Select(l => l.Split(':')).Where(f => f.Length > 3).ToList() : [];
        var earlier = existing is null ? null : await OwnerAsync(existing, ct);
        var fields = users.Find(f => f[2] == earlier && earlier != "0")
            ?? PreferredUsers.Select(name => users.Find(f => f[0] == name)).FirstOrDefault(f => f is not null);
        if (fields is [_, _, var uid, var gid, ..])
        {
            var setpriv = new ServerAccount(["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups"], $"{uid}:{gid}");
            if (await setpriv.CanAsync(["true"], ct)) return setpriv;
        }

        var unshare = new ServerAccount(["unshare", "--user", "--map-user=65534", "--map-group=65534"], "0:0");
        if (await unshare.CanAsync(["true"], ct)) return unshare;

        throw new EmbeddedPostgresException(
            "PostgreSQL 拒绝以 root 运行，且本机无法切换到普通用户（需要 util-linux 的 setpriv 或 unshare）。请以普通用户运行 OrderHub，或设置 ConnectionStrings__OrderHub。" + Environment.NewLine +
            "PostgreSQL refuses to run as root, and neither setpriv nor unshare (package util-linux) could switch to an unprivileged account here. " +
            "Run OrderHub as an ordinary user, or set ConnectionStrings__OrderHub to a server of your own.");
    }

    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        !IsDropped || await CanAsync(["test", "-x", folder], ct);

    public async Task<bool> CanRunAsync(string program, CancellationToken ct) =>
        !IsDropped || await CanAsync([program, "--version"], ct);

    /// <summary>Makes the account the owner of a folder and all below it; nothing to do where it already is.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (!IsDropped || await CanAsync(["test", "-O", path], ct)) return;
        var chown = await ChildProcess.RunAsync(["chown", "-R", _owner!, path], "/", ct);
        if (!chown.Ok) throw new EmbeddedPostgresException($"Could not hand {path} to the database's account: {chown.Output}");
    }

    public Task<ChildProcess.Outcome> RunAsync(IReadOnlyList<string> command, string workingDirectory, CancellationToken ct, bool readOutput = true) =>
        ChildProcess.RunAsync([.. _prefix, .. command], workingDirectory, ct, readOutput);

    private async Task<bool> CanAsync(string[] command, CancellationToken ct) => (await RunAsync(command, "/", ct)).Ok;

    private static async Task<string?> OwnerAsync(string path, CancellationToken ct) =>
        await ChildProcess.RunAsync(["stat", "-c", "%u", path], "/", ct) is { Ok: true } stat
        && int.TryParse(stat.Output, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? stat.Output : null;
}
