using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Jd;

/// <summary>What an order cost. JD gives no share per line, so what was paid is split by price after the line's own coupons.</summary>
internal static class JdAmounts
{
    /// <summary>Red packet, JD beans, JD coupon: JD pays these back to the shop.</summary>
    private static readonly string[] BornByJd = ["34", "39", "41"];

    /// <summary>The gross of a listed order; null when its figures can't be read, so that the list itself still counts.</summary>
    public static long? Gross(JsonReading order)
    {
        try
        {
            return order.Items("itemInfoList") is { Count: > 0 } items ? Of(order, items).PayFen : null;
        }
        catch (Exception e) when (e is UnreadablePayloadException or OverflowException)
        {
            return null;
        }
    }

    public static IncomingAmounts Of(JsonReading order, IReadOnlyList<JsonReading> items)
    {
        var goods = items.Sum(i => checked(i.NeedYuan("jdPrice") * i.Quantity("itemTotal")));
        var freight = order.Yuan("freightPrice");
        var shopDiscount = order.YuanOrNull("sellerDiscount") ?? Math.Max(0, order.Yuan("orderTotalPrice") - order.Yuan("orderSellerPrice"));
        var byJd = order.Items("couponDetailList").Where(IsBornByJd).Sum(c => c.Yuan("couponPrice"));
        var net = goods + freight - shopDiscount;

        // actualPay is what was really paid, 0 or absent before payment and without what came from the buyer's JD balance
        var actual = order.YuanOrNull("actualPay") is { } paid and not 0 ? paid : (long?)null;
        long?[] stated = [actual, actual + order.Yuan("balanceUsed"), order.YuanOrNull("shouldPay"),
            order.YuanOrNull("orderSellerPrice") + freight, order.YuanOrNull("orderSellerPrice") + freight - byJd];
        foreach (var platform in (long[])[byJd, order.Yuan("payDiscount"), byJd + order.Yuan("payDiscount"), 0])
        {
            if (stated.Contains(net - platform)) return new(goods, shopDiscount, platform, freight, 0, net - platform);
        }
        return new(goods, shopDiscount, byJd, freight, 0, Shares.FirstAgreeing(net - byJd, stated));
    }

    public static long[] Lines(JsonReading order, IReadOnlyList<JsonReading> items, IncomingAmounts amounts)
    {
        var coupons = order.Items("couponDetailList").Where(c => c.Text("skuId").Length > 0).ToLookup(c => c.Text("skuId"), c => c.Yuan("couponPrice"));
        var weights = items.Select(i => i.NeedYuan("jdPrice") * i.Quantity("itemTotal") - coupons[i.Text("skuId")].Sum()).ToArray();
        return Shares.Split(amounts.PayFen - amounts.FreightFen, weights);
    }

    public static IncomingCoupon Coupon(JsonReading coupon) => new(coupon.Text("couponType"), coupon.Yuan("couponPrice"), IsBornByJd(coupon));

    /// <summary>couponType is a text such as <c>41-京东券优惠</c> or the bare number.</summary>
    private static bool IsBornByJd(JsonReading coupon) => BornByJd.Contains(coupon.Text("couponType").Split('-')[0]);
}
