using System.CommandLine;
using OrderHub.Host.Startup;

namespace OrderHub.Host.Verbs;

internal static class ServeVerb
{
    public static Task<int> RunAsync(ParseResult parsed, CancellationToken ct) => parsed.GuardedAsync(async settings =>
    {
        await using var hub = await HubApplication.CreateAsync(settings, verb: false, ct);
        await hub.StartAsync(ct);
        await Console.Out.WriteLineAsync(Greeting(hub));
        await hub.WaitForShutdownAsync(ct);
        return VerbRun.Done;
    }, ct);

    private static string Greeting(HubApplication hub)
    {
        var lines = new List<string> { "", $"  OrderHub  {string.Join("  ", hub.Addresses)}", $"  数据目录 data directory  {hub.Settings.DataDirectory}" };
        if (hub.Demo is { } demo) lines.AddRange(demo.Greeting());
        lines.Add("  Ctrl+C 停止 stops");
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }
}
