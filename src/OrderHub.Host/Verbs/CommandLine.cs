using System.CommandLine;

namespace OrderHub.Host.Verbs;

/// <summary>The verbs of the one executable. Without a verb it serves.</summary>
internal static class CommandLine
{
    public static Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("""
            OrderHub: orders of all channels, from the platform to the parcel and the daily settlement.
            Without a verb it starts the hub. Settings may follow as --Key=Value, for example --Sandbox:Replay=orders.csv;
            verbs work beside a running hub on the same data directory.
            """)
        {
            MigrateVerb.Create(), AdminVerb.Create(), ApiKeyVerb.Create(), VerifyVerb.Create(), StockRepairVerb.Create(), SettleVerb.Create(),
        };
        root.SetAction(ServeVerb.RunAsync);
        AcceptSettings(root);
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    /// <summary>What is no option of a verb may be a setting; <see cref="VerbRun"/> refuses the rest.</summary>
    private static void AcceptSettings(Command command)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        foreach (var verb in command.Subcommands) AcceptSettings(verb);
    }
}
