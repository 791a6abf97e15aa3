using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>What one row says about money, in fen; null = the file does not say.</summary>
internal sealed record RowMoney(int Quantity, long? UnitPrice, long? Goods, long? Freight, long? ShopDiscount, long? PlatformDiscount, long? Payable, long? Paid, long? Refund);

/// <summary>
/// An order's money from the rows of its lines. Exports repeat an order's total on every line, or split it over the lines, and do not say
/// which: the first reading that adds up is right.
/// </summary>
/// <param name="UnitPrices">Per line; worked out from the total where the file has none.</param>
internal sealed record OrderAmounts(IncomingAmounts Amounts, IReadOnlyList<long> UnitPrices, IReadOnlyList<long> LinePays, bool AddsUp)
{
    private sealed record Reading(long Goods, long Freight, long Shop, long Platform, long? Pay, bool PayIsSum)
    {
        public long Expected => Goods + Freight - Shop - Platform;
        public bool AddsUp => Pay is null || Pay == Expected;
    }

    /// <summary>Null when the file says nothing about money.</summary>
    public static OrderAmounts? Of(IReadOnlyList<RowMoney> rows, bool wasPaid, bool isClosed)
    {
        var priced = rows.All(r => r.UnitPrice is not null);
        if (!priced && rows.All(r => r.Goods is null && r.Payable is null && r.Paid is null)) return null;
        var fixedGoods = priced ? rows.Sum(r => checked(r.UnitPrice!.Value * r.Quantity)) : (long?)null;
        var readings = Readings(rows, fixedGoods, wasPaid, isClosed).ToList();
        var best = readings.FirstOrDefault(r => r.AddsUp) ?? readings[0];

        var saysDiscounts = rows.Any(r => r.ShopDiscount is not null || r.PlatformDiscount is not null);
        var pay = best.Pay ?? best.Expected;
        var (shop, adjust) = (best.Shop, 0L);
        if (!best.AddsUp && !saysDiscounts)
        {
            // the file names no discounts: what is missing was given by the shop as far as we know, what is too much was put on by it
            var missing = best.Expected - pay;
            if (missing > 0) shop += missing;
            else adjust -= missing;
        }
        var prices = Prices(rows, priced, best.Goods);
        var goods = prices.Zip(rows, (price, row) => checked(price * row.Quantity)).Sum();
        adjust += best.Goods - goods; // fen that a worked-out unit price cannot carry
        var amounts = new IncomingAmounts(goods, shop, best.Platform, best.Freight, adjust, pay);
        return new(amounts, prices, Pays(rows, prices, best, pay - best.Freight), pay == goods + best.Freight + adjust - shop - best.Platform);
    }

    private static IEnumerable<Reading> Readings(IReadOnlyList<RowMoney> rows, long? fixedGoods, bool wasPaid, bool isClosed)
    {
        foreach (var (payable, payableIsSum) in Totals(rows, r => r.Payable))
            foreach (var (paid, paidIsSum) in Totals(rows, r => r.Paid))
                foreach (var (freight, _) in Totals(rows, r => r.Freight))
                    foreach (var (shop, _) in Totals(rows, r => r.ShopDiscount))
                        foreach (var (platform, _) in Totals(rows, r => r.PlatformDiscount))
                            foreach (var (goods, _) in Totals(rows, r => r.Goods))
                            {
                                var refund = Totals(rows, r => r.Refund).First().Total ?? 0;
                                var pay = PaidInAll(payable, paid, refund, wasPaid, isClosed);
                                var worth = fixedGoods ?? goods ?? (payable ?? pay ?? 0) - (freight ?? 0) + (shop ?? 0) + (platform ?? 0);
                                yield return new(worth, freight ?? 0, shop ?? 0, platform ?? 0, pay, pay == paid ? paidIsSum : payableIsSum);
                            }
    }

    /// <summary>Gross: some exports lower what was paid by what was refunded, and write 0 for what is not paid.</summary>
    private static long? PaidInAll(long? payable, long? paid, long refund, bool wasPaid, bool isClosed) => (payable, paid) switch
    {
        (null, null) => null,
        (null, 0) when !wasPaid || isClosed => null,
        (null, _) => paid + (isClosed && paid == 0 ? refund : 0),
        (_, null) => payable,
        _ when refund > 0 && paid + refund == payable => payable,
        (_, 0) when !wasPaid || isClosed => payable,
        _ => paid,
    };

    /// <summary>A figure that stands on every row alike may be the order's or the line's; one that differs is the lines' and adds up.</summary>
    private static IEnumerable<(long? Total, bool IsSum)> Totals(IReadOnlyList<RowMoney> rows, Func<RowMoney, long?> figure)
    {
        var stated = rows.Select(figure).OfType<long>().ToList();
        if (stated.Count == 0) yield return (null, false);
        else if (stated.Count < rows.Count || stated.Distinct().Count() > 1) yield return (stated.Sum(), rows.Count > 1);
        else
        {
            yield return (stated[0], false);
            if (stated.Count > 1 && stated[0] != 0) yield return (stated.Sum(), true);
        }
    }

    private static long[] Prices(IReadOnlyList<RowMoney> rows, bool priced, long goods)
    {
        if (priced) return [.. rows.Select(r => r.UnitPrice!.Value)];
        var perLine = rows.All(r => r.Goods is not null) && rows.Sum(r => r.Goods!.Value) == goods ? [.. rows.Select(r => r.Goods!.Value)] : Shares.Split(goods, [.. rows.Select(r => (long)r.Quantity)]);
        return [.. perLine.Zip(rows, (share, row) => row.Quantity == 0 ? 0 : share / row.Quantity)];
    }

    private static long[] Pays(IReadOnlyList<RowMoney> rows, long[] prices, Reading reading, long paidForGoods)
    {
        var weights = reading.PayIsSum ? rows.Select(r => r.Paid is > 0 ? r.Paid.Value : r.Payable ?? 0) : rows.Zip(prices, (row, price) => price * row.Quantity);
        return Shares.Split(paidForGoods, [.. weights]);
    }
}
