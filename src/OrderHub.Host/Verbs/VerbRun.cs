using System.CommandLine;
using OrderHub.Host.Startup;

namespace OrderHub.Host.Verbs;

/// <summary>How every verb runs: the hub without serving, expected failures as one line and exit code 2.</summary>
internal static class VerbRun
{
    public const int Done = 0, Refused = 1, Failed = 2;

    /// <param name="work">Its answer goes to standard output, everything else to standard error.</param>
    public static Task<int> InHubAsync(this ParseResult parsed, Func<HubApplication, CancellationToken, Task<int>> work, CancellationToken ct, params string[] moreSettings) =>
        parsed.GuardedAsync(async settings =>
        {
            await using var hub = await HubApplication.CreateAsync([.. settings, .. moreSettings], verb: true, ct);
            await BringUpToDateAsync(hub, ct);
            return await work(hub, ct);
        }, ct);

    public static async Task<int> GuardedAsync(this ParseResult parsed, Func<string[], Task<int>> work, CancellationToken ct)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault(t => !IsSetting(t)) is { } strange)
        {
            await Console.Error.WriteLineAsync($"不认识的参数 {strange}。Unknown argument {strange}: settings look like --Key=Value, see --help.");
            return Failed;
        }
        try
        {
            return await work([.. parsed.UnmatchedTokens]);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Failed;
        }
        catch (Exception failure) when (ExpectedFailure.Explain(failure) is { } words)
        {
            await Console.Error.WriteLineAsync(words);
            return Failed;
        }
    }

    /// <summary>A private database is ours to migrate; a shared one is changed only when somebody says <c>migrate</c>.</summary>
    private static async Task BringUpToDateAsync(HubApplication hub, CancellationToken ct)
    {
        if (hub.DatabaseIsPrivate) await hub.MigrateAsync(ct);
        else if ((await SchemaUpdate.PendingAsync(hub.Services, ct)).Count > 0)
            throw new ExpectedFailure("数据库结构不是最新，请先运行 migrate。The schema is not up to date: run the verb migrate first.");
    }

    private static bool IsSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=') > 2;
}
