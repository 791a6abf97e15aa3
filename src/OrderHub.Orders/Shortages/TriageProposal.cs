namespace OrderHub.Orders.Shortages;

/// <summary>What becomes of an order that waits for a SKU.</summary>
internal enum TriageVerdict { NextPieces = 1, Waits = 2, OtherMissing = 3, Scattered = 4 }

internal static class TriageVerdicts
{
    /// <summary>For people; a localizer key.</summary>
    public static string Chinese(this TriageVerdict verdict) => verdict switch
    {
        TriageVerdict.NextPieces => "到货后先发",
        TriageVerdict.Waits => "等下一批",
        TriageVerdict.OtherMissing => "还缺别的商品",
        TriageVerdict.Scattered => "合计够，没有一个仓能单独发齐",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}

internal static class TriageProposal
{
    /// <summary>
    /// Hands out what is free and what is on the way, in the given order, which is the fair one: to every shop its own quota first, then what all share.
    /// An order that lacks another SKU too takes nothing yet.
    /// </summary>
    public static IReadOnlyList<TriageVerdict> Of(FreePieces free, int inTransit, IEnumerable<(int ShopId, int Wanted, bool LacksOther)> waiting)
    {
        var shared = free.Shared + inTransit;
        var own = new Dictionary<int, int>();
        return [.. waiting.Select(w =>
        {
            if (w.LacksOther) return TriageVerdict.OtherMissing;
            var ofShop = own.TryGetValue(w.ShopId, out var left) ? left : free.OwnOf(w.ShopId);
            if (w.Wanted > ofShop + shared) return TriageVerdict.Waits;
            var fromOwn = Math.Min(w.Wanted, ofShop);
            own[w.ShopId] = ofShop - fromOwn;
            shared -= w.Wanted - fromOwn;
            return w.Wanted <= free.For(w.ShopId) ? TriageVerdict.Scattered : TriageVerdict.NextPieces; // what fits one warehouse would have gone already
        })];
    }
}
