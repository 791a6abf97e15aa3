using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Kuaishou;

/// <summary>
/// A Kuaishou shop order as one of ours. Pure. An order is one product in some number; presents are orders of their own under it. Amounts
/// are fen, times Unix milliseconds. <see cref="FeeDetail"/> is added by us: who bears the discounts stands in a call of its own.
/// </summary>
internal static class KuaishouOrders
{
    public const string FeeDetail = "orderFeeDetail";

    public static string Id(JsonReading order) => order.NeedObject("orderBaseInfo").Id("oid");

    public static long Version(JsonReading order) => order.NeedObject("orderBaseInfo").NeedUnixMillis("updateTime").ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        var head = order.NeedObject("orderBaseInfo");
        var item = order.NeedObject("orderItemInfo");
        var amounts = Amounts(order, head, item);
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = Id(order),
            Version = Version(order),
            Status = Status(order),
            CreatedAt = head.NeedUnixMillis("createTime"),
            PaidAt = head.UnixMillis("payTime"),
            ShipBy = head.UnixMillis("validPromiseShipmentTimeStamp") ?? head.UnixMillis("promiseTimeStampOfDelivery"),
            BuyerKey = head.Text("buyerOpenId"),
            BuyerNick = head.Text("buyerNick"),
            Receiver = Receiver(order),
            Amounts = amounts,
            Lines = [Line(order, item, amounts.PayFen - amounts.FreightFen), .. order.ObjectsIn("subOrderInfo").Select(Present).OfType<IncomingLine>()],
            BuyerNote = head.TextOrNull("remark"),
            SellerNote = KuaishouExtras.NewestNote(order),
            SellerFlag = KuaishouExtras.Flag(order),
            PromotionType = head.Text("preSale") == "1" ? "presale" : KuaishouExtras.LiveHost(order) is not null ? "live" : "normal",
            Coupons = Coupons(amounts),
            PlatformHold = Hold(head),
            Extras = KuaishouExtras.Of(order, item),
        };
    }

    /// <remarks>
    /// buyerPay = goods − merchantBearAmount − platformBearAmount + expressFee, by the platform's own words for the fee detail. Without
    /// that detail the order's discount counts as the shop's.
    /// </remarks>
    private static IncomingAmounts Amounts(JsonReading order, JsonReading head, JsonReading item)
    {
        var goods = checked(item.NeedFen("price") * item.Quantity("num"));
        var freight = head.Fen("expressFee");
        if (order.Find(FeeDetail) is not { IsObject: true } fees) return new(goods, head.Fen("discountFee"), 0, freight, 0, goods - head.Fen("discountFee") + freight);
        return new(goods, fees.Fen("merchantBearAmount"), fees.Fen("platformBearAmount"), freight, 0, fees.NeedFen("buyerPay"));
    }

    public static PlatformStatus Status(JsonReading order)
    {
        var head = order.NeedObject("orderBaseInfo");
        return head.NeedInteger("status") switch
        {
            10 => PlatformStatus.Unpaid,
            30 => PlatformStatus.Paid,
            40 => PlatformStatus.Shipped,
            50 or 70 => PlatformStatus.Received,
            80 => head.UnixMillis("payTime") is null ? PlatformStatus.ClosedUnpaid : PlatformStatus.ClosedAfterPayment,
            _ => throw head.Need("status").Fault("是未知的订单状态"),
        };
    }

    /// <summary>Masks for people; the cipher texts together are what a label needs, and the merge id tells the same address.</summary>
    private static IncomingReceiver Receiver(JsonReading order)
    {
        if (order.Find("orderAddress") is not { IsObject: true } to) return new("", "", "", "", "", "", "", null);
        string[] cipher = [to.Text("encryptedConsignee"), to.Text("encryptedMobile"), to.Text("encryptedAddress")];
        return new(to.Text("desensitiseConsignee"), to.Text("desensitiseMobile"), to.Text("province"), to.Text("city"), to.Text("district"), to.Text("town"), to.Text("desensitiseAddress"),
            cipher.Any(c => c.Length > 0) ? string.Join('|', cipher) : null);
    }

    private static IncomingLine Line(JsonReading order, JsonReading item, long payFen) => new()
    {
        PlatformLineNo = item.TextOrNull("orderItemId") ?? Id(order),
        PlatformProductId = item.TextOrNull("itemId"),
        PlatformSkuId = item.TextOrNull("skuId"),
        MerchantCode = item.TextOrNull("skuNick") ?? item.TextOrNull("goodsCode"),
        Title = item.Text("itemTitle"),
        Spec = item.Text("skuDesc"),
        Quantity = item.Quantity("num"),
        UnitPriceFen = item.NeedFen("price"),
        PayFen = payFen,
    };

    private static IncomingLine? Present(JsonReading sub) => sub.Find("subOrderItemInfo") is { IsObject: true } item ? new()
    {
        PlatformLineNo = sub.Id("subOrderId"),
        PlatformProductId = item.TextOrNull("itemId"),
        PlatformSkuId = item.TextOrNull("skuId"),
        MerchantCode = item.TextOrNull("skuNick"),
        Title = item.Text("itemTitle"),
        Spec = item.Text("skuDesc"),
        Quantity = item.Quantity("num"),
        UnitPriceFen = 0,
        PayFen = 0,
        IsGift = true,
    } : null;

    private static IReadOnlyList<IncomingCoupon> Coupons(IncomingAmounts amounts) => [.. new[]
    {
        new IncomingCoupon("商家优惠", amounts.ShopDiscountFen, BornByPlatform: false),
        new IncomingCoupon("平台优惠", amounts.PlatformDiscountFen, BornByPlatform: true),
    }.Where(c => c.AmountFen != 0)];

    /// <summary>The platform refuses a parcel while either has a value.</summary>
    private static string? Hold(JsonReading head)
    {
        if (head.Integer("riskCode") != 0) return "平台风控审核中";
        return head.Find("disableDeliveryReasonCode") is { Element.ValueKind: System.Text.Json.JsonValueKind.Array } reasons && reasons.Element.GetArrayLength() > 0 ? "平台暂不允许发货" : null;
    }
}
