namespace OrderHub.Channels.Publishing;

/// <summary>How much of the released stock a shop may show.</summary>
/// <param name="SharePercent">0–100, rounded down to whole pieces; null = all. Never together with <paramref name="Fixed"/>.</param>
/// <param name="Fixed">Shows this many as long as they are there. Never more than there is: it cannot invent stock.</param>
/// <param name="Cap">Shows at most this many; null = no limit.</param>
/// <param name="Reserve">Pieces kept back from this shop, before share and fixed.</param>
/// <param name="ZeroAtOrBelow">At or below this many released pieces the shop shows 0.</param>
internal sealed record PublishTerms(int? SharePercent, int? Fixed, int? Cap, int Reserve, int ZeroAtOrBelow)
{
    /// <summary>Where no rule says otherwise: everything that is released.</summary>
    public static readonly PublishTerms Everything = new(null, null, null, 0, 0);

    /// <summary>
    /// What a listing shows. Two rules follow each other and neither repeats the other's work: the pool's own (Inventory) decides what is
    /// released to the channels at all, that is available less the SKU's safety stock, 0 at or below the SKU's zero line; these terms
    /// divide only what was released, so their threshold and reserve count released pieces. A kit's released quantity is what its
    /// scarcest part allows; the terms are the kit's own, not its parts'.
    /// </summary>
    /// <param name="released">Pieces (or kits) the pool lets the channels see; negative counts as 0.</param>
    public int Of(int released)
    {
        if (released <= ZeroAtOrBelow) return 0;
        var left = Math.Max(0, released - Reserve);
        var shown = Fixed is { } wanted ? Math.Min(wanted, left) : (int)((long)left * (SharePercent ?? 100) / 100);
        return Math.Min(shown, Cap ?? int.MaxValue);
    }

    public bool IsSane => SharePercent is null or (>= 0 and <= 100) && (SharePercent is null || Fixed is null) && Fixed is null or (>= 0 and <= Most) && Cap is null or (>= 0 and <= Most)
        && Reserve is >= 0 and <= Most && ZeroAtOrBelow is >= 0 and <= Most;

    private const int Most = 1_000_000;
}
