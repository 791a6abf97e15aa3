using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Jd;

/// <summary>A JD orderInfo as one of our orders. Pure.</summary>
internal static class JdOrders
{
    public const string States = "WAIT_SELLER_STOCK_OUT,WAIT_GOODS_RECEIVE_CONFIRM,WAIT_SELLER_DELIVERY,PAUSE,POP_ORDER_PAUSE,LOCKED,FINISHED_L,TRADE_CANCELED";

    public const string Fields =
        "orderId,venderId,orderType,orderState,orderStateRemark,orderStartTime,paymentConfirmTime,modified,orderEndTime,orderTotalPrice,orderSellerPrice,freightPrice,sellerDiscount,"
        + "balanceUsed,shouldPay,actualPay,payDiscount,payType,idSopShipmenttype,consigneeInfo,pin,open_id_buyer,orderRemark,venderRemark,waybill,logisticsId,invoiceEasyInfo,invoiceInfo,"
        + "couponDetailList,pauseBizInfo,itemInfoList,storeId,storeOrder,deliveryType,orderMarkDesc";

    /// <summary>What tells an order's creation, state and amount.</summary>
    public const string ListedFields =
        "orderId,orderStartTime,modified,orderState,paymentConfirmTime,payType,waybill,orderTotalPrice,orderSellerPrice,freightPrice,sellerDiscount,balanceUsed,shouldPay,actualPay,payDiscount,couponDetailList,itemInfoList";

    /// <summary>Unpaid orders come without a modification time and change only by leaving that list.</summary>
    public static long Version(JsonReading order) => (order.ChinaTime("modified") ?? order.NeedChinaTime("orderStartTime")).ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        var items = order.Items("itemInfoList");
        if (items.Count == 0) throw order.Missing("itemInfoList");
        var paidAt = order.ChinaTime("paymentConfirmTime");
        var amounts = JdAmounts.Of(order, items);
        var linePays = JdAmounts.Lines(order, items, amounts);
        var numbers = new LineNumbers();
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = order.Id("orderId"),
            Version = Version(order),
            Status = Status(order),
            CreatedAt = order.NeedChinaTime("orderStartTime"),
            PaidAt = paidAt,
            BuyerKey = order.TextOrNull("open_id_buyer") ?? order.Text("pin"),
            BuyerNick = order.Text("pin"),
            Receiver = Receiver(order),
            Amounts = amounts,
            Lines = [.. items.Select((item, i) => Line(item, numbers, linePays[i]))],
            BuyerNote = order.TextOrNull("orderRemark"),
            SellerNote = order.TextOrNull("venderRemark"),
            Invoice = Invoice(order),
            Coupons = [.. order.Items("couponDetailList").Select(JdAmounts.Coupon)],
            PromotionType = order.Items("couponDetailList").Select(c => c.Text("couponType").Split('-')[0]).FirstOrDefault(t => t is "28" or "29") switch
            {
                "28" => "flash",
                "29" => "group",
                _ => "normal",
            },
            PlatformHold = Hold(order),
            // 68: delivered by JD, 69: collected at a JD point
            NamedCourier = order.Text("idSopShipmenttype") is "68" or "69" ? "JD" : null,
            Extras = Extras(order, items),
        };
    }

    /// <summary>JD tells no live room, deposit or deadline in its orders. A filled storeOrder (京仓订单, 云仓订单) means one of its own warehouses.</summary>
    private static PlatformExtras? Extras(JsonReading order, IReadOnlyList<JsonReading> items) => new PlatformExtras
    {
        NamedWarehouse = order.TextOrNull("storeOrder") is { } kind ? $"{kind} {order.Text("storeId")}".Trim() : null,
        Obligations =
        [
            .. items.Select(i => i.Text("serviceName")).Append(order.Text("orderMarkDesc")).Where(s => s.Length > 0).Distinct(),
            .. order.Text("deliveryType") is { Length: > 0 } when and not "任意时间" ? [$"送货时间:{when}"] : Array.Empty<string>(),
            .. order.Text("idSopShipmenttype") == "69" ? ["京东配送自提"] : Array.Empty<string>(),
        ],
    }.OrNull();

    public static PlatformStatus Status(JsonReading order) => Status(order, order.ChinaTime("paymentConfirmTime") is not null || IsCashOnDelivery(order));

    private static PlatformStatus Status(JsonReading order, bool wasPaid) => order.Text("orderState") switch
    {
        // the list of unpaid orders gives them no state
        "" or "NOT_PAY" or "WAIT_BUYER_PAY" when !wasPaid => PlatformStatus.Unpaid,
        "WAIT_SELLER_STOCK_OUT" or "WAIT_SELLER_DELIVERY" => PlatformStatus.Paid,
        "PAUSE" or "POP_ORDER_PAUSE" or "LOCKED" => order.Text("waybill").Length > 0 ? PlatformStatus.Shipped : PlatformStatus.Paid,
        "WAIT_GOODS_RECEIVE_CONFIRM" => PlatformStatus.Shipped,
        "FINISHED_L" => PlatformStatus.Received,
        "TRADE_CANCELED" => wasPaid ? PlatformStatus.ClosedAfterPayment : PlatformStatus.ClosedUnpaid,
        "" => throw order.Missing("orderState"),
        _ => throw order.Need("orderState").Fault("是未知的订单状态"),
    };

    private static bool IsCashOnDelivery(JsonReading order) => order.Text("payType").Split('-')[0].Trim() == "1" && order.Text("orderState") != "TRADE_CANCELED";

    private static string? Hold(JsonReading order) => order.Text("orderState") switch
    {
        "LOCKED" => "买家申请取消,平台已锁定订单",
        "PAUSE" or "POP_ORDER_PAUSE" => "平台已暂停订单",
        _ => null,
    };

    private static IncomingReceiver Receiver(JsonReading order)
    {
        if (order.Find("consigneeInfo") is not { } to) return new("", "", "", "", "", "", "", null);
        return new(to.Text("fullname"), to.TextOrNull("mobile") ?? to.Text("telephone"), to.Text("province"), to.Text("city"), to.Text("county"), to.Text("town"), to.Text("fullAddress"), null);
    }

    private static IncomingInvoice? Invoice(JsonReading order) => order.Find("invoiceEasyInfo") is { IsObject: true } invoice && invoice.Text("invoiceTitle").Length > 0
        ? new(invoice.Text("invoiceType"), invoice.Text("invoiceTitle"), invoice.TextOrNull("invoiceCode"), invoice.TextOrNull("invoiceConsigneeEmail"))
        : null;

    private static IncomingLine Line(JsonReading item, LineNumbers numbers, long payFen)
    {
        var skuId = item.Id("skuId");
        var price = item.NeedYuan("jdPrice");
        return new()
        {
            PlatformLineNo = numbers.For(skuId),
            PlatformProductId = item.TextOrNull("wareId"),
            PlatformSkuId = skuId,
            MerchantCode = item.TextOrNull("outerSkuId"),
            Title = item.Text("skuName"),
            Quantity = item.Quantity("itemTotal"),
            UnitPriceFen = price,
            PayFen = payFen,
            // JD lists gifts as items without a price
            IsGift = price == 0,
        };
    }
}
