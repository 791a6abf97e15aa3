namespace OrderHub.Sandbox.Trading;

internal static class Discounts
{
    /// <summary>Spreads order-wide promotions over the lines by value. The rounding rest goes to the dearest lines first, so the shares add up to the fen.</summary>
    public static IReadOnlyList<SandboxLine> Share(IReadOnlyList<SandboxLine> lines, IReadOnlyList<SandboxPromotion> promotions)
    {
        var weights = lines.Select(l => l.PayFen).ToArray();
        var shop = Split(promotions.Where(p => !p.ByPlatform && p.LineNo == 0).Sum(p => p.AmountFen), weights);
        var platform = Split(promotions.Where(p => p.ByPlatform && p.LineNo == 0).Sum(p => p.AmountFen), weights);
        return [.. lines.Select((line, i) => line with
        {
            DiscountFen = line.DiscountFen + promotions.Where(p => p.LineNo == line.No).Sum(p => p.AmountFen),
            ShopShareFen = shop[i],
            PlatformShareFen = platform[i],
        })];
    }

    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        var sum = weights.Sum();
        if (sum <= 0) return [.. weights.Select((_, i) => i == 0 ? total : 0)];
        var shares = weights.Select(w => (long)((Int128)total * w / sum)).ToArray();
        var rest = total - shares.Sum();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => weights[i]).ThenBy(i => i))
        {
            if (rest == 0) break;
            shares[i]++;
            rest--;
        }
        return shares;
    }
}
