using System.Text;

namespace OrderHub.Benchmarks.Pace;

/// <summary>What was measured, beside what must be; printed, and kept in the project's performance page between two markers.</summary>
internal sealed class PaceTable
{
    private const string From = "<!-- pace: written by the benchmark -->", Until = "<!-- /pace -->";
    private readonly SortedDictionary<int, (string Line, bool Met)> _rows = [];

    public void Add(int number, string what, string measured, string must, bool met)
    {
        var line = $"| {number} | {what} | {measured} | {must} | {(met ? "met" : "**not met**")} |";
        Console.WriteLine(line);
        _rows[number] = (line, met);
    }

    /// <returns>True when every line is met and no invariant is broken.</returns>
    public bool Finish(Reference reference, int breaches)
    {
        var text = new StringBuilder();
        text.AppendLine("| # | what | measured | must | |").AppendLine("|---|---|---|---|---|");
        foreach (var row in _rows.Values) text.AppendLine(row.Line);
        text.AppendLine().AppendLine(PaceBenchmark.Text($"Reference on the same server just before and after: {reference.OnePerTx ?? double.NaN:F0} one_per_tx_c8, {reference.Batch200 ?? double.NaN:F0} batch200, {reference.HotSku ?? double.NaN:F0} hot_sku_c16 orders/s. Invariants broken, after the first rows, in row 8's second hub and after all of it: {breaches}."));
        Console.WriteLine();
        Console.Write(text);

        var page = Path.Combine(Repository.Root, "docs", "performance.md");
        var before = File.ReadAllText(page);
        var (from, until) = (before.IndexOf(From, StringComparison.Ordinal), before.IndexOf(Until, StringComparison.Ordinal));
        if (from >= 0 && until > from) File.WriteAllText(page, $"{before[..(from + From.Length)]}\n{text.ToString().ReplaceLineEndings("\n")}{before[until..]}");
        return breaches == 0 && _rows.Values.All(r => r.Met);
    }
}
