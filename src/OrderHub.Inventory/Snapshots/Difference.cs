namespace OrderHub.Inventory.Snapshots;

/// <summary>
/// Why their figure differs from ours: what our documents moved after the snapshot, what is on its way and they may have booked in, what
/// was to leave and they may have sent. What remains is unexplained.
/// </summary>
internal readonly record struct Difference(int Theirs, int Ours, int MovedSince, int Arriving, int Leaving)
{
    /// <summary>Theirs − ours, as the two figures stand.</summary>
    public int Total => Theirs - Ours;

    /// <summary>Ours moved on while the snapshot was under way.</summary>
    public int ByMovements => -MovedSince;
    private int AtThatTime => Total - ByMovements;
    public int ByArrivals => Math.Clamp(AtThatTime, 0, Math.Max(0, Arriving));
    public int ByDepartures => -Math.Clamp(-AtThatTime, 0, Math.Max(0, Leaving));
    public int Unexplained => AtThatTime - ByArrivals - ByDepartures;
}
