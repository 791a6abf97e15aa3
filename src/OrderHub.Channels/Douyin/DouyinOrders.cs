using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Douyin;

/// <summary>A Douyin shop order as one of our orders. Pure. Amounts are fen, times Unix seconds.</summary>
internal static class DouyinOrders
{
    private const long PartPaid = 103;

    public static long Version(JsonReading order) => order.NeedUnixTime("update_time").ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        var lines = order.Items("sku_order_list");
        if (lines.Count == 0) throw order.Missing("sku_order_list");
        var amounts = Amounts(order, lines);
        var linePays = LinePays(lines, amounts);
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = order.Id("order_id"),
            Version = Version(order),
            Status = Status(order),
            CreatedAt = order.NeedUnixTime("create_time"),
            PaidAt = order.UnixTime("pay_time"),
            ShipBy = order.UnixTime("exp_ship_time"),
            BuyerKey = order.TextOrNull("open_id") ?? order.Text("doudian_open_id"),
            Receiver = DouyinReceiver.Of(order),
            Amounts = amounts,
            Lines = [.. lines.Select((line, i) => Line(line, linePays[i]))],
            BuyerNote = order.TextOrNull("buyer_words"),
            SellerNote = order.TextOrNull("seller_words"),
            SellerFlag = Flag(order),
            PromotionType = PromotionType(order, lines),
            Coupons = Coupons(order),
            // paid, but not released to the shop yet (group not complete, risk review)
            PlatformHold = order.Integer("order_status") == 105 ? "平台尚未放行发货" : null,
            NamedCourier = DouyinExtras.NamedCourier(order, lines),
            Extras = DouyinExtras.Of(order, lines),
        };
    }

    /// <remarks>
    /// The buyer really paid pay_amount − promotion_pay_amount (a discount of the payment channel, which the platform settles). What the
    /// talent bears comes back to the shop as what the platform bears does, so both stand under platform discount.
    /// </remarks>
    private static IncomingAmounts Amounts(JsonReading order, IReadOnlyList<JsonReading> lines)
    {
        var goods = lines.Sum(l => checked(l.NeedFen("origin_amount") * l.Quantity("item_num")));
        var byChannel = order.Fen("promotion_pay_amount");
        var (shop, platform, talent) = Bearers(order);
        return new(goods, shop, platform + talent + byChannel, order.Fen("post_amount"), order.Fen("modify_amount"), order.NeedFen("pay_amount") - byChannel);
    }

    /// <summary>Who bears the promotions: the costs say it where they add up to them; else the promotions' own names.</summary>
    private static (long Shop, long Platform, long Talent) Bearers(JsonReading order)
    {
        var named = (Shop: order.Fen("promotion_shop_amount"), Platform: order.Fen("promotion_platform_amount"), Talent: order.Fen("promotion_talent_amount"));
        if (order.FenOrNull("shop_cost_amount") is not { } shop || order.FenOrNull("platform_cost_amount") is not { } others || shop + others != named.Shop + named.Platform + named.Talent) return named;
        // the platform's cost includes the talent's
        var talent = order.Fen("author_cost_amount");
        return (shop, others - talent, talent);
    }

    private static long[] LinePays(IReadOnlyList<JsonReading> lines, IncomingAmounts amounts)
    {
        var goodsPaid = amounts.PayFen - amounts.FreightFen;
        var stated = lines.Select(l => l.Fen("pay_amount") - l.Fen("promotion_pay_amount") - l.Fen("post_amount")).ToArray();
        return stated.Sum() == goodsPaid ? stated : Shares.Split(goodsPaid, stated);
    }

    public static PlatformStatus Status(JsonReading order)
    {
        switch (order.Integer("main_status"))
        {
            // refunded in full before shipping, after shipping, after receipt
            case 21 or 22 or 39: return PlatformStatus.ClosedAfterPayment;
            // the deposit alone does not make a pre-sale shippable
            case PartPaid: return PlatformStatus.Unpaid;
        }
        return order.NeedInteger("order_status") switch
        {
            1 or PartPaid => PlatformStatus.Unpaid,
            2 or 105 => PlatformStatus.Paid,
            101 => PlatformStatus.PartShipped,
            3 => PlatformStatus.Shipped,
            5 => PlatformStatus.Received,
            4 => order.UnixTime("pay_time") is not null ? PlatformStatus.ClosedAfterPayment : PlatformStatus.ClosedUnpaid,
            21 or 22 or 39 => PlatformStatus.ClosedAfterPayment,
            _ => throw order.Need("order_status").Fault("是未知的订单状态"),
        };
    }

    /// <summary>Their stars: 1 purple, 2 cyan, 3 green, 4 orange, 5 red.</summary>
    private static int Flag(JsonReading order) => order.Integer("seller_remark_stars") switch
    {
        5 => 1,
        4 => 2,
        3 => 3,
        2 => 4,
        1 => 5,
        _ => 0,
    };

    private static string PromotionType(JsonReading order, IReadOnlyList<JsonReading> lines)
    {
        // the order's own trade type is deprecated in favour of the lines'
        var trade = lines.Select(l => l.Text("trade_type")).Append(order.Text("trade_type")).FirstOrDefault(t => t is not ("" or "0"), "");
        var tags = string.Concat(order.Items("shop_order_tag_ui").Concat(order.Items("user_tag_ui")).Where(t => t.IsObject).Select(t => t.Text("text") + t.Text("key")));
        if (trade is "2" or "3" || tags.Contains("预售", StringComparison.Ordinal)) return "presale";
        if (trade == "1" || tags.Contains("拼团", StringComparison.Ordinal)) return "group";
        return DouyinExtras.IsFromALiveRoom(lines) || tags.Contains("直播", StringComparison.Ordinal) ? "live" : "normal";
    }

    private static IReadOnlyList<IncomingCoupon> Coupons(JsonReading order)
    {
        var (shop, platform, talent) = Bearers(order);
        return [.. new[]
        {
            new IncomingCoupon("店铺优惠", shop, BornByPlatform: false),
            new IncomingCoupon("平台优惠", platform, BornByPlatform: true),
            new IncomingCoupon("达人优惠", talent, BornByPlatform: true),
            new IncomingCoupon("支付优惠", order.Fen("promotion_pay_amount"), BornByPlatform: true),
        }.Where(c => c.AmountFen != 0)];
    }

    public static bool IsGift(JsonReading line) => line.Text("given_product_type") == "FREE";

    private static IncomingLine Line(JsonReading line, long payFen) => new()
    {
        PlatformLineNo = line.Id("order_id"),
        PlatformProductId = line.TextOrNull("product_id_str") ?? line.TextOrNull("product_id"),
        PlatformSkuId = line.TextOrNull("sku_id"),
        MerchantCode = line.TextOrNull("code") ?? line.TextOrNull("out_sku_id"),
        Title = line.Text("product_name"),
        Spec = string.Join(' ', line.Items("spec").Select(s => s.Text("value"))),
        Quantity = line.Quantity("item_num"),
        UnitPriceFen = line.NeedFen("origin_amount"),
        PayFen = payFen,
        IsGift = IsGift(line),
    };
}
