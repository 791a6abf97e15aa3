namespace OrderHub.Platform.Verification;

/// <summary>One invariant of stock or money, recomputed from the ledgers. Reads only. Register as <see cref="IVerifyCheck"/>.</summary>
public interface IVerifyCheck
{
    /// <summary>Stable and readable, <c>module.invariant</c>.</summary>
    string Name { get; }

    Task<VerifyResult> RunAsync(CancellationToken ct);
}

/// <param name="Checked">How many things were compared; 0 tells that the check had nothing to look at.</param>
/// <param name="Breaches">How many did not hold.</param>
/// <param name="Examples">A few breaches in words, each enough to find the row.</param>
public sealed record VerifyResult(long Checked, long Breaches, IReadOnlyList<string> Examples);

/// <summary>What the person who asked gave along. A singleton.</summary>
public sealed class VerifyOptions
{
    /// <summary>The order file that was replayed: checks compare the hub with it row by row. Null = don't.</summary>
    public string? ReplayCsv { get; set; }
}
