using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Taobao;

/// <summary>
/// What a trade cost. TOP states the total several times, and trade.payment shrinks after a refund, so the gross is the stated total
/// that agrees with the prices: goods + adjust + freight − discounts.
/// </summary>
internal static class TaobaoAmounts
{
    /// <summary>What the figures are read from.</summary>
    public const string Fields = "payment,total_fee,post_fee,discount_fee,adjust_fee,platform_subsidy_fee,promotion_details,orders";

    /// <summary>The gross of a listed trade; null when its figures can't be read, so that the list itself still counts.</summary>
    public static long? Gross(JsonReading trade)
    {
        try
        {
            return trade.Wrapped("orders", "order") is { Count: > 0 } orders ? Of(trade, orders).PayFen : trade.YuanOrNull("payment");
        }
        catch (Exception e) when (e is UnreadablePayloadException or OverflowException)
        {
            return null;
        }
    }

    public static IncomingAmounts Of(JsonReading trade, IReadOnlyList<JsonReading> orders)
    {
        var goods = orders.Sum(o => checked(o.NeedYuan("price") * o.Quantity("num")));
        // trade.adjust_fee repeats the sub-order's with one line and is 0 with several
        var adjust = orders.Sum(o => o.Yuan("adjust_fee"));
        var freight = trade.Yuan("post_fee");
        var lineDiscount = orders.Sum(o => o.Yuan("discount_fee"));
        var subsidy = trade.Yuan("platform_subsidy_fee");
        var stated = Stated(trade, orders, freight);

        // the trade-level discount stands in different fields from trade to trade; the first reading that some stated total confirms is right
        foreach (var discount in TradeDiscounts(trade, orders, lineDiscount))
        {
            var all = lineDiscount + discount;
            var before = goods + adjust + freight;
            if (stated.Contains(before - all)) return new(goods, all - Math.Min(subsidy, all), Math.Min(subsidy, all), freight, adjust, before - all);
            // a subsidy the discounts do not contain comes on top
            if (subsidy > 0 && stated.Contains(before - all - subsidy)) return new(goods, all, subsidy, freight, adjust, before - all - subsidy);
        }
        var total = lineDiscount + TradeDiscounts(trade, orders, lineDiscount).First();
        return new(goods, total - Math.Min(subsidy, total), Math.Min(subsidy, total), freight, adjust, stated.Count > 0 ? stated[0] : throw trade.Missing("payment"));
    }

    /// <summary>What the line's buyer paid for it, freight aside.</summary>
    public static IReadOnlyList<long> Lines(IReadOnlyList<JsonReading> orders, IncomingAmounts amounts)
    {
        var paidForGoods = amounts.PayFen - amounts.FreightFen;
        if (orders.Count == 1) return [paidForGoods];
        var shares = orders.Select(o => o.YuanOrNull("divide_order_fee") ?? o.Yuan("payment") - o.Yuan("part_mjz_discount")).ToArray();
        return shares.Sum() == paidForGoods ? shares : Shares.Split(paidForGoods, shares);
    }

    private static List<long> Stated(JsonReading trade, IReadOnlyList<JsonReading> orders, long freight)
    {
        var divided = Sum(orders, "divide_order_fee");
        var paid = Sum(orders, "payment");
        // one line: the sub-order's payment is the trade's, freight and trade-level discounts included
        long?[] figures = orders.Count == 1
            ? [paid, divided, divided + freight, trade.YuanOrNull("payment")]
            : [divided + freight ?? paid - orders.Sum(o => o.Yuan("part_mjz_discount")) + freight, trade.YuanOrNull("payment")];
        return [.. figures.OfType<long>()];
    }

    private static IEnumerable<long> TradeDiscounts(JsonReading trade, IReadOnlyList<JsonReading> orders, long lineDiscount)
    {
        yield return orders.Sum(o => o.Yuan("part_mjz_discount"));
        yield return trade.Yuan("discount_fee");
        yield return trade.Wrapped("promotion_details", "promotion_detail").Sum(p => p.Yuan("discount_fee")) - lineDiscount;
        if (orders.Count > 1 && Sum(orders, "divide_order_fee") is { } divided && Sum(orders, "payment") is { } paid) yield return paid - divided;
    }

    /// <summary>Null unless every sub-order states it.</summary>
    private static long? Sum(IReadOnlyList<JsonReading> orders, string name) =>
        orders.All(o => o.YuanOrNull(name) is not null) ? orders.Sum(o => o.Yuan(name)) : null;
}
