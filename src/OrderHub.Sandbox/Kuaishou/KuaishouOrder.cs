using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaishou;

/// <summary>An order in Kuaishou's words: one product, fen and Unix milliseconds, 0 for what never was.</summary>
internal static class KuaishouOrder
{
    private static readonly string[] Colours = ["", "RED", "YELLOW", "GREEN", "BLUE", "PURPLE", "GREY"];

    public static int Status(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => 10,
        SandboxOrderState.Paid => 30,
        SandboxOrderState.PartShipped or SandboxOrderState.Shipped => 40,
        SandboxOrderState.Signed => 50,
        SandboxOrderState.Finished => 70,
        _ => 80,
    };

    public static long DiscountFen(SandboxOrder order) => order.LineDiscountFen + order.ShopDiscountFen + order.PlatformDiscountFen;

    public static long GiftOid(SandboxOrder order) => Number(order.No) + 1;

    public static JsonObject Shape(SandboxOrder order)
    {
        var line = order.Lines[0];
        var shape = new JsonObject
        {
            ["orderBaseInfo"] = Head(order),
            ["orderItemInfo"] = new JsonObject
            {
                ["orderItemId"] = Number(order.No) * 10 + 1,
                ["itemId"] = line.ProductId, ["skuId"] = line.PlatformSkuId, ["relItemId"] = 0, ["relSkuId"] = 0, ["itemTitle"] = line.Title, ["skuDesc"] = line.Spec, ["skuNick"] = line.SkuCode,
                ["goodsCode"] = "", ["warehouseCode"] = order.Extras?.Warehouse ?? "", ["num"] = line.Quantity, ["price"] = line.PriceFen, ["originalPrice"] = line.PriceFen,
                ["discountFee"] = DiscountFen(order), ["itemType"] = 1,
            },
            ["orderAddress"] = Address(order),
            ["orderLogisticsInfo"] = Answers.Array(order.Shipments, (s) => new JsonObject { ["logisticsId"] = StableId(s.WaybillNo), ["expressNo"] = s.WaybillNo, ["expressCode"] = int.Parse(s.Carrier, CultureInfo.InvariantCulture) }),
            ["orderRefundList"] = Answers.Array(order.Refunds, r => new JsonObject { ["refundId"] = Number(r.No), ["refundStatus"] = KuaishouRefunds.Status(r), ["refundReason"] = r.Reason }),
            ["orderNote"] = new JsonObject { ["sellerNote"] = order.SellerNote.Length == 0 ? [] : new JsonArray(new JsonObject { ["note"] = order.SellerNote, ["createTime"] = Millis(order.ModifiedAt) }) },
            ["orderFlag"] = new JsonObject { ["flag"] = order.SellerFlag == 0 ? [] : new JsonArray(Colours[order.SellerFlag]) },
            ["orderDeliveryInfo"] = new JsonObject { ["openAddressId"] = Digest.Opaque("ksmerge", order.Receiver.Name + order.Receiver.Mobile + order.Receiver.Address), ["deliveryNum"] = order.Shipments.Count == 0 ? 0 : line.Quantity, ["maxPackageNum"] = 5 },
            ["subOrderInfo"] = new JsonArray(),
        };
        if (order.Extras?.LiveHost is { } host) shape["orderCpsInfo"] = new JsonObject { ["distributorId"] = StableId(host), ["distributorName"] = host };
        if (order.Extras?.GiftSku is { } gift) ((JsonArray)shape["subOrderInfo"]!).Add(Gift(order, gift));
        return shape;
    }

    /// <summary>Goods = what the shop is owed for them; the buyer pays that and the freight, less what the platform bears.</summary>
    public static JsonObject Fees(SandboxOrder order)
    {
        var merchant = order.LineDiscountFen + order.ShopDiscountFen;
        return new JsonObject
        {
            ["oid"] = Number(order.No),
            ["totalFee"] = order.GoodsFen - merchant,
            ["discountFee"] = DiscountFen(order),
            ["expressFee"] = order.FreightFen,
            ["platformBearAmount"] = order.PlatformDiscountFen,
            ["merchantBearAmount"] = merchant,
            ["sellerRecv"] = order.GoodsFen - merchant + order.FreightFen,
            ["buyerPay"] = order.PayFen,
            ["marketingInfoOuters"] = Answers.Array(order.Promotions, p => new JsonObject { ["subType"] = p.ByPlatform ? 1002 : 1001, ["discountFee"] = p.AmountFen, ["title"] = p.Name }),
        };
    }

    private static JsonObject Head(SandboxOrder order) => new()
    {
        ["oid"] = Number(order.No),
        ["status"] = Status(order),
        ["createTime"] = Millis(order.CreatedAt),
        ["payTime"] = Millis(order.PaidAt),
        ["updateTime"] = Millis(order.ModifiedAt),
        ["sendTime"] = Millis(order.ShippedAt),
        ["recvTime"] = Millis(order.SignedAt),
        ["refundTime"] = order.Refunds.Count == 0 ? 0 : Millis(order.Refunds[0].CreatedAt),
        ["validPromiseShipmentTimeStamp"] = Millis(order.Extras?.ShipBy ?? order.PaidAt?.AddHours(48)),
        ["promiseTimeStampOfDelivery"] = Millis(order.Extras?.ShipBy ?? order.PaidAt?.AddHours(48)),
        ["buyerOpenId"] = order.Buyer.OpenId,
        ["buyerNick"] = order.Buyer.Nick,
        ["remark"] = order.BuyerNote,
        ["expressFee"] = order.FreightFen,
        ["discountFee"] = DiscountFen(order),
        ["totalFee"] = order.PayFen,
        ["payType"] = 1,
        ["preSale"] = order.Extras is { DepositFen: > 0 } ? 1 : 0,
        ["activityType"] = 1,
        ["cpsType"] = order.Extras?.LiveHost is null ? 1 : 2,
        ["riskCode"] = order.RiskControlled ? 1 : 0,
        ["disableDeliveryReasonCode"] = new JsonArray(),
        ["priorityDelivery"] = false,
        ["remindShipmentSign"] = 0,
    };

    private static JsonObject Gift(SandboxOrder order, string sku)
    {
        var listing = ShopListings.Unlisted(SandboxPlatform.Kuaishou, sku);
        return new JsonObject
        {
            ["subOrderId"] = GiftOid(order),
            ["subOrderItemInfo"] = new JsonObject { ["itemId"] = listing.ProductId, ["skuId"] = listing.PlatformSkuId, ["skuNick"] = sku, ["itemTitle"] = "赠品 " + sku, ["skuDesc"] = "", ["num"] = 1, ["price"] = 0 },
        };
    }

    private static JsonObject Address(SandboxOrder order)
    {
        var to = order.Receiver;
        return new JsonObject
        {
            ["province"] = to.Province, ["city"] = to.City, ["district"] = to.District, ["town"] = to.Street, ["provinceCode"] = 0, ["cityCode"] = 0, ["districtCode"] = 0,
            ["encryptedConsignee"] = Cipher(to.Name), ["encryptedMobile"] = Cipher(to.Mobile), ["encryptedAddress"] = Cipher(to.Address),
            ["desensitiseConsignee"] = Masked.Name(to.Name), ["desensitiseMobile"] = Masked.Mobile(to.Mobile), ["desensitiseAddress"] = Masked.Address(to.Address),
        };
    }

    public static long Number(string no) => long.Parse(no, CultureInfo.InvariantCulture);

    public static long Millis(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds() ?? 0;

    private static long StableId(string text) => (long)(StableHash.Of(text) % 9_000_000_000_000);

    private static string Cipher(string text) => $"#{Digest.Opaque("ks", text, 40)}#1##";
}
