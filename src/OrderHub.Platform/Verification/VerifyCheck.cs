namespace OrderHub.Platform.Verification;

/// <summary>One invariant of stock or money, recomputed from the ledgers. Read-only.</summary>
public interface IVerifyCheck
{
    string Name { get; }
    Task<VerifyResult> RunAsync(CancellationToken ct);
}

/// <param name="Checked">Things looked at; 0 means there was nothing to check.</param>
/// <param name="Examples">At most ten breaches, each a line a person can act on.</param>
public sealed record VerifyResult(long Checked, long Breaches, IReadOnlyList<string> Examples);

/// <param name="ReplayCsv">A file of replayed orders to compare the hub with, or null.</param>
public sealed record VerifyOptions(string? ReplayCsv);
