using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.WeChat;

/// <summary>
/// What an order cost, in fen. order_price (what the buyer pays, freight included) = original_order_price − discounted_price −
/// deduction_price − change_down_price.
/// </summary>
internal static class WeChatAmounts
{
    /// <summary>Kinds of discount the order names, and who gives them: the host's and the platform's reach the shop's account all the same.</summary>
    private static readonly (string Field, string Name, bool ByPlatform)[] Kinds =
    [
        ("merchant_discounted_price", "商家优惠", false), ("vip_discounted_price", "会员权益", false), ("bulkbuy_discounted_price", "一起买", false), ("limited_discount_discounted_price", "限时抢购", false),
        ("finder_discounted_price", "达人优惠", true), ("cash_coupon_discounted_price", "平台券", true), ("national_subsidy_discounted_price", "国家补贴", true),
    ];

    public static IncomingAmounts Of(JsonReading detail, IReadOnlyList<JsonReading> products)
    {
        var price = detail.NeedObject("price_info");
        var goods = products.Sum(p => checked(p.NeedFen("sale_price") * p.Quantity("sku_cnt")));
        var freight = price.Flag("is_change_freight") ? price.Fen("change_freight") : price.Fen("freight");
        var down = price.Fen("change_down_price");
        var pay = price.NeedFen("order_price");
        var discounts = price.Fen("discounted_price") + price.Fen("deduction_price");
        // the shop receives its part back: the surest figure; older orders only name the kinds
        var platform = price.FenOrNull("merchant_receieve_price") is { } received and > 0 ? received - pay
            : Kinds.Where(k => k.ByPlatform).Sum(k => price.Fen(k.Field)) - price.Fen("national_subsidy_merchant_discounted_price");
        platform = Math.Clamp(platform, 0, discounts);
        return new(goods, discounts - platform, platform, freight, -down, pay);
    }

    public static IReadOnlyList<long> Lines(IReadOnlyList<JsonReading> products, IncomingAmounts amounts)
    {
        var paidForGoods = amounts.PayFen - amounts.FreightFen;
        var shares = products.Select(p => p.FenOrNull("real_price") ?? p.FenOrNull("change_price") ?? p.FenOrNull("estimate_price") ?? checked(p.NeedFen("sale_price") * p.Quantity("sku_cnt"))).ToArray();
        return shares.Sum() == paidForGoods ? shares : Shares.Split(paidForGoods, shares);
    }

    public static IEnumerable<IncomingCoupon> Coupons(JsonReading detail) => detail.Find("price_info") is not { } price ? []
        : Kinds.Where(k => price.Fen(k.Field) > 0).Select(k => new IncomingCoupon(k.Name, price.Fen(k.Field), k.ByPlatform))
            .Concat(price.Fen("deduction_price") > 0 ? [new("会员积分", price.Fen("deduction_price"), BornByPlatform: false)] : []);
}
