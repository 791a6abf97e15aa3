using System.ComponentModel;
using System.Diagnostics;

namespace OrderHub.EmbeddedPostgres;

/// <summary>Runs a program to its end and returns what it printed.</summary>
internal static class ChildProcess
{
    internal sealed record Outcome(int ExitCode, string Output)
    {
        public bool Ok => ExitCode == 0;
    }

    /// <summary>Exit code 127 when the program does not exist, as a shell would say.</summary>
    /// <param name="readOutput">False where a grandchild would keep the pipe open after the program's end.</param>
    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> command, string workingDirectory, CancellationToken ct, bool readOutput = true)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = readOutput,
            RedirectStandardError = readOutput,
            Environment = { ["LC_ALL"] = "C", ["LANG"] = "C" },
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new(127, e.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = readOutput ? process.StandardOutput.ReadToEndAsync(ct) : Task.FromResult("");
            var errors = readOutput ? process.StandardError.ReadToEndAsync(ct) : Task.FromResult("");
            await process.WaitForExitAsync(ct);
            return new(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
