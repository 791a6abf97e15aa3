namespace OrderHub.Channels.Adapters;

internal static class Shares
{
    /// <summary>Splits fen by weight, to the fen: largest remainders first, then the first lines. Without any weight the first line takes all.</summary>
    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        var positive = weights.Select(w => Math.Max(w, 0)).ToArray();
        var sum = positive.Aggregate(Int128.Zero, (a, w) => a + w);
        if (sum == 0) return [.. weights.Select((_, i) => i == 0 ? total : 0)];
        var shares = positive.Select(w => (long)((Int128)total * w / sum)).ToArray();
        var rest = total - shares.Sum();
        var step = Math.Sign(rest);
        foreach (var i in Enumerable.Range(0, shares.Length).Where(i => positive[i] > 0).OrderByDescending(i => Int128.Abs((Int128)total * positive[i] % sum)).ThenBy(i => i))
        {
            if (rest == 0) break;
            shares[i] += step;
            rest -= step;
        }
        return shares;
    }

    /// <summary>
    /// The first stated total that agrees with the prices. Platforms state several, and some change after a refund; when none agrees
    /// the first one is taken, so that the difference shows instead of being smoothed away.
    /// </summary>
    public static long FirstAgreeing(long expected, params ReadOnlySpan<long?> stated)
    {
        long? first = null;
        foreach (var figure in stated)
        {
            if (figure == expected) return expected;
            first ??= figure;
        }
        return first ?? expected;
    }
}
