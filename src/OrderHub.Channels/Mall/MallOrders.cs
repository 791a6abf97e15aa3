using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Mall;

/// <summary>
/// A mall order as one of ours. Pure, and the same for pulled and pushed orders. The mall is our own protocol, so what it promises is
/// demanded: number, version, state, lines and amounts must be there with the right types.
/// </summary>
internal static class MallOrders
{
    public static long Version(JsonReading order) => order.NeedWhole("version");

    public static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.NeedText("order_no"), Version);

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        var orderNo = order.NeedText("order_no");
        var amounts = order.NeedObject("amounts");
        var lines = order.NeedItems("lines");
        if (lines.Count == 0) throw order.Need("lines").Fault("是空的");
        var buyer = order.Find("buyer");
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = orderNo,
            Version = Version(order),
            Status = Status(order),
            CreatedAt = order.NeedIsoTime("created_at"),
            PaidAt = order.IsoTime("paid_at"),
            ShipBy = order.IsoTime("ship_deadline"),
            BuyerKey = buyer?.Text("open_id") ?? "",
            BuyerNick = buyer?.Text("nick") ?? "",
            Receiver = Receiver(order.NeedObject("receiver")),
            Amounts = new(Amount(amounts, "goods"), Amount(amounts, "shop_discount"), Amount(amounts, "platform_discount"), Amount(amounts, "freight"), 0, Amount(amounts, "pay")),
            Lines = Lines(order, lines),
            BuyerNote = order.TextOrNull("remark"),
            SellerNote = order.TextOrNull("seller_memo"),
            SellerFlag = order.Integer("flag") is var flag and >= 0 and <= 5 ? (int)flag : 0,
            Invoice = Invoice(order),
            PromotionType = order.TextOrNull("promotion_type") ?? (order.Find("presale") is { IsObject: true } ? "presale" : order.Text("live_host").Length > 0 ? "live" : "normal"),
            Coupons = Coupons(order, Amount(amounts, "platform_discount")),
            PlatformHold = order.TextOrNull("hold"),
            NamedCourier = order.TextOrNull("courier"),
            Extras = MallExtras.Of(order),
        };
    }

    public static PlatformStatus Status(JsonReading order) => order.NeedText("status") switch
    {
        "unpaid" => PlatformStatus.Unpaid,
        "paid" => PlatformStatus.Paid,
        "part_shipped" => PlatformStatus.PartShipped,
        "shipped" => PlatformStatus.Shipped,
        "received" => PlatformStatus.Received,
        "closed" => order.IsoTime("paid_at") is not null ? PlatformStatus.ClosedAfterPayment : PlatformStatus.ClosedUnpaid,
        _ => throw order.Need("status").Fault("是未知的订单状态"),
    };

    private static long Amount(JsonReading amounts, string name)
    {
        amounts.NeedWhole(name);
        return amounts.NeedFen(name);
    }

    private static IncomingReceiver Receiver(JsonReading to) => new(to.Text("name"), to.Text("mobile"), to.Text("province"), to.Text("city"), to.Text("district"), to.Text("street"),
        to.Text("address"), Token: null);

    private static List<IncomingLine> Lines(JsonReading order, IReadOnlyList<JsonReading> lines)
    {
        var mapped = lines.Select(Line).ToList();
        if (mapped.GroupBy(l => l.PlatformLineNo).FirstOrDefault(g => g.Count() > 1) is not null) throw order.Need("lines").Fault("的 line_id 有重复");
        // a promised gift that is not a line of its own must be shipped all the same
        foreach (var gift in order.Items("promotions").Where(p => p.Text("gift_sku").Length > 0))
        {
            var sku = gift.Text("gift_sku");
            if (mapped.Any(l => l.IsGift && l.MerchantCode == sku)) continue;
            mapped.Add(new()
            {
                PlatformLineNo = $"gift:{sku}", MerchantCode = sku, Title = gift.Text("name"), Quantity = gift.Find("gift_qty") is null ? 1 : gift.Quantity("gift_qty"),
                UnitPriceFen = 0, PayFen = 0, IsGift = true,
            });
        }
        return mapped;
    }

    private static IncomingLine Line(JsonReading line)
    {
        line.NeedWhole("qty");
        var price = Amount(line, "price");
        var pay = Amount(line, "pay");
        return new()
        {
            PlatformLineNo = line.NeedText("line_id"),
            PlatformProductId = line.TextOrNull("product_id"),
            PlatformSkuId = line.TextOrNull("sku_id"),
            MerchantCode = line.TextOrNull("sku_code"),
            Title = line.Text("name"),
            Spec = line.Text("spec"),
            Quantity = line.Quantity("qty"),
            UnitPriceFen = price,
            PayFen = pay,
            IsGift = price == 0 && pay == 0,
        };
    }

    private static IncomingInvoice? Invoice(JsonReading order) => order.Find("invoice") is { IsObject: true } invoice && (invoice.Text("title").Length > 0 || invoice.Text("type").Length > 0)
        ? new(invoice.Text("type"), invoice.Text("title"), invoice.TextOrNull("tax_no"), invoice.TextOrNull("email"))
        : null;

    private static IReadOnlyList<IncomingCoupon> Coupons(JsonReading order, long platformDiscount) => [.. order.Items("promotions").Where(p => p.Fen("amount") != 0)
        .Select(p => new IncomingCoupon(p.Text("name"), p.Fen("amount"), IsThePlatforms(p, platformDiscount)))];

    /// <summary>Where a promotion names no bearer, the amounts do: with a platform share, the promotions that say so by name are the platform's.</summary>
    private static bool IsThePlatforms(JsonReading promotion, long platformDiscount) => promotion.Text("borne_by") switch
    {
        "platform" => true,
        "shop" => false,
        _ => platformDiscount > 0 && promotion.Text("name").Contains("平台", StringComparison.Ordinal),
    };
}
