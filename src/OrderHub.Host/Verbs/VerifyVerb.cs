using System.CommandLine;
using OrderHub.Host.Startup;
using OrderHub.Platform.Verification;

namespace OrderHub.Host.Verbs;

internal static class VerifyVerb
{
    public static Command Create()
    {
        var replay = new Option<FileInfo?>("--replay") { Description = "Compare the hub, row by row and to the cent, with the order file that was replayed." };
        var verb = new Command("verify", "Recompute every stock and money invariant from the ledgers. Prints each with its counts; exit code 1 on a breach.") { replay };
        verb.SetAction((parsed, ct) =>
        {
            var file = parsed.GetValue(replay);
            return parsed.InHubAsync((hub, token) => RunAsync(hub, file, token), ct, file is null ? [] : [$"--{HubServices.ReplayCsvKey}={file.FullName}"]);
        });
        return verb;
    }

    private static async Task<int> RunAsync(HubApplication hub, FileInfo? replay, CancellationToken ct)
    {
        if (replay is { Exists: false }) throw new ExpectedFailure($"没有文件 {replay.FullName}。No such file: {replay.FullName}.");
        await using var scope = hub.Services.CreateAsyncScope();
        var checks = scope.ServiceProvider.GetServices<IVerifyCheck>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var breaches = 0L;
        foreach (var check in checks)
        {
            var result = await check.RunAsync(ct);
            breaches += result.Breaches;
            await Console.Out.WriteLineAsync($"{(result.Breaches == 0 ? "ok    " : "BREACH")}  {check.Name,-44} checked {result.Checked,10}  breaches {result.Breaches,6}");
            foreach (var example in result.Examples) await Console.Out.WriteLineAsync("          " + example);
        }
        await Console.Out.WriteLineAsync($"{checks.Count} invariants checked, {breaches} breaches");
        return breaches == 0 ? VerbRun.Done : VerbRun.Refused;
    }
}
