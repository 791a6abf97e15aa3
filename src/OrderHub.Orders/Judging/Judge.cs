using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Judging;

/// <summary>Why an order needs a person. Codes are stable and stored; texts are localizer keys.</summary>
internal static class ReviewReason
{
    public const string NoLines = "no_lines", UnknownSku = "unknown_sku", BadQuantity = "bad_quantity", ImpossibleAmount = "impossible_amount",
        AmountMismatch = "amount_mismatch", UnknownProvince = "unknown_province", LinesChanged = "lines_changed", PaidAfterCancel = "paid_after_cancel", BadPhone = "bad_phone";

    public static string Chinese(string code) => code switch
    {
        NoLines => "没有商品行",
        UnknownSku => "有商品没有对应 SKU",
        BadQuantity => "商品数量不合理",
        ImpossibleAmount => "金额不合理",
        AmountMismatch => "金额加起来不等于应付",
        UnknownProvince => "收货省份无法识别",
        BadPhone => "收货电话无法拨打",
        LinesChanged => "平台在分仓后修改了商品",
        PaidAfterCancel => "取消之后买家付了款",
        _ => code,
    };

    /// <summary>What a person may accept as it is; the rest must be mended before the goods can be picked.</summary>
    public static bool CanBeWaived(string code) => code is AmountMismatch or UnknownProvince or BadPhone or LinesChanged or ImpossibleAmount or PaidAfterCancel;
}

/// <summary>Finds what a person should look at. Pure; an order with findings is kept and waits, it is never dropped.</summary>
internal static class Judge
{
    /// <summary>Ten million yuan: beyond it a price is a typing error, not an order.</summary>
    private const long AbsurdFen = 1_000_000_000;
    private const int AbsurdPieces = 100_000;

    /// <returns>Codes of <see cref="ReviewReason"/>, in a fixed order; empty = nothing found.</returns>
    public static IReadOnlyList<string> Examine(IncomingOrder order, CatalogSnapshot catalog)
    {
        var reasons = new List<string>();
        if (order.Lines.Count == 0) reasons.Add(ReviewReason.NoLines);
        if (order.Lines.Any(l => catalog.Resolve(order.ShopId, l.PlatformSkuId, l.MerchantCode) is null)) reasons.Add(ReviewReason.UnknownSku);
        if (order.Lines.Any(l => l.Quantity is <= 0 or > AbsurdPieces)) reasons.Add(ReviewReason.BadQuantity);
        if (IsImpossible(order)) reasons.Add(ReviewReason.ImpossibleAmount);
        else if (!AddsUp(order)) reasons.Add(ReviewReason.AmountMismatch);
        if (Provinces.Normalize(order.Receiver.Province) is null) reasons.Add(ReviewReason.UnknownProvince);
        if (!CanBeCalled(order.Receiver)) reasons.Add(ReviewReason.BadPhone);
        return reasons;
    }

    /// <summary>With a token the platform keeps the number, and whatever stands in the field is no number of ours to judge.</summary>
    private static bool CanBeCalled(IncomingReceiver receiver) => receiver.Token is { Length: > 0 } || AddressBook.IsPhone(receiver.Phone, receiver.Province);

    private static bool IsImpossible(IncomingOrder order)
    {
        var a = order.Amounts;
        return new[] { a.GoodsFen, a.ShopDiscountFen, a.PlatformDiscountFen, a.FreightFen, a.PayFen }.Any(fen => fen is < 0 or > AbsurdFen)
            || Math.Abs(a.AdjustFen) > AbsurdFen
            || order.Lines.Any(l => l.UnitPriceFen is < 0 or > AbsurdFen || l.PayFen is < 0 or > AbsurdFen);
    }

    private static bool AddsUp(IncomingOrder order)
    {
        var a = order.Amounts;
        return a.PayFen == a.GoodsFen + a.AdjustFen + a.FreightFen - a.ShopDiscountFen - a.PlatformDiscountFen
            && a.GoodsFen == order.Lines.Where(l => !l.IsGift).Sum(l => l.UnitPriceFen * l.Quantity);
    }
}
