using OrderHub.Platform.Units;

namespace OrderHub.Reconciliation.MoneyLedger;

/// <summary>The platform's commission on an order and what of it comes back with refunds. Pure.</summary>
internal static class PlatformFee
{
    /// <returns>Fen, rounded half away from zero once per order.</returns>
    public static long On(long paidFen, int basisPoints) => Money.Share(paidFen, basisPoints);

    /// <summary>
    /// One reversal per refund, in the given sequence: the share of everything refunded so far, less what was reversed before. So the fee of
    /// an order refunded in full, in however many parts, comes back to the fen, and never more than it.
    /// </summary>
    public static IReadOnlyList<long> Reversals(long paidFen, int basisPoints, IReadOnlyList<long> refundsFen)
    {
        var reversals = new long[refundsFen.Count];
        var (refunded, reversed) = (0L, 0L);
        for (var i = 0; i < reversals.Length; i++)
        {
            refunded += refundsFen[i];
            reversals[i] = On(Math.Clamp(refunded, 0, Math.Max(0, paidFen)), basisPoints) - reversed;
            reversed += reversals[i];
        }
        return reversals;
    }
}
