namespace OrderHub.Inventory.Batches;

/// <summary>Which batches pieces leave from when nobody named one.</summary>
internal static class FirstExpiredFirstOut
{
    /// <summary>
    /// The batch that expires first goes first; then batches that do not expire, then pieces without a batch number, and expired batches
    /// only when nothing else is left: whoever ships them should have to look for them.
    /// </summary>
    /// <param name="unmarked">Pieces on hand that carry no batch number.</param>
    /// <returns>What each batch gives; what is missing to <paramref name="quantity"/> has no number.</returns>
    public static IReadOnlyList<(long BatchId, int Quantity)> Pick(IReadOnlyList<Batch> batches, int unmarked, int quantity, DateOnly today)
    {
        var picked = new List<(long, int)>();
        foreach (var batch in batches.Where(b => b.ExpiresOn is not { } day || day >= today).OrderBy(b => b.ExpiresOn ?? DateOnly.MaxValue).ThenBy(b => b.Id)) Take(batch);
        quantity -= Math.Min(Math.Max(0, unmarked), quantity);
        foreach (var batch in batches.Where(b => b.ExpiresOn < today).OrderByDescending(b => b.ExpiresOn).ThenBy(b => b.Id)) Take(batch);
        return picked;

        void Take(Batch batch)
        {
            var part = Math.Min(batch.Quantity, quantity);
            if (part == 0) return;
            quantity -= part;
            picked.Add((batch.Id, part));
        }
    }
}
