using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Living;

namespace OrderHub.Sandbox.Jd;

/// <summary>An order in JD's words: every scalar is a text.</summary>
internal static class JdOrder
{
    private const string Never = "0001-01-01 00:00:00";

    /// <summary>Null while unpaid: such orders are in a list of their own.</summary>
    public static string? State(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => null,
        SandboxOrderState.Paid or SandboxOrderState.PartShipped when order.HasOpenRefund => "LOCKED",
        SandboxOrderState.Paid or SandboxOrderState.PartShipped when order.RiskControlled => "PAUSE",
        SandboxOrderState.Paid or SandboxOrderState.PartShipped => "WAIT_SELLER_STOCK_OUT",
        SandboxOrderState.Shipped or SandboxOrderState.Signed => "WAIT_GOODS_RECEIVE_CONFIRM",
        SandboxOrderState.Finished => "FINISHED_L",
        _ => "TRADE_CANCELED",
    };

    /// <remarks>
    /// orderTotalPrice = Σ jdPrice × itemTotal; orderSellerPrice = that less the shop's discounts;
    /// actualPay = orderSellerPrice + freightPrice − what the platform pays (coupon type 34).
    /// </remarks>
    public static JsonObject Shape(SandboxOrder order, bool encrypted)
    {
        var sellerDiscount = order.LineDiscountFen + order.ShopDiscountFen - order.AdjustFen;
        var byCarrier = order.Shipments.GroupBy(s => s.Carrier, s => s.WaybillNo).ToList();
        return new JsonObject
        {
            ["orderId"] = order.No,
            ["parentOrderId"] = "0",
            ["directParentOrderId"] = "0",
            ["venderId"] = "10001",
            ["storeId"] = order.Extras?.Warehouse ?? "0",
            ["storeOrder"] = order.Extras?.Warehouse is null ? "" : "京仓订单",
            ["orderSource"] = "1",
            ["orderType"] = "22",
            // 68 delivered by JD, 70 by whom the seller likes
            ["idSopShipmenttype"] = order.Extras?.Courier == "JD" ? "68" : "70",
            ["orderState"] = State(order) ?? "NOT_PAY",
            ["orderStateRemark"] = Remark(order),
            ["returnOrder"] = order.HasOpenRefund ? "1" : "0",
            ["orderStartTime"] = ChinaTime.Text(order.CreatedAt),
            ["paymentConfirmTime"] = ChinaTime.Text(order.PaidAt, Never),
            ["modified"] = ChinaTime.Text(order.ModifiedAt),
            ["orderEndTime"] = ChinaTime.Text(order.EndedAt, Never),
            ["orderTotalPrice"] = Yuan.Text(order.GoodsFen),
            ["orderSellerPrice"] = Yuan.Text(order.GoodsFen - sellerDiscount),
            // no longer maintained by the platform
            ["orderPayment"] = Yuan.Text(0),
            ["freightPrice"] = Yuan.Text(order.FreightFen),
            ["sellerDiscount"] = Yuan.Text(sellerDiscount),
            ["balanceUsed"] = Yuan.Text(0),
            ["shouldPay"] = Yuan.Text(order.PayFen),
            ["actualPay"] = Yuan.Text(order.PaidAt is null ? 0 : order.PayFen),
            ["totalOriginalPrice"] = Yuan.Text(order.GoodsFen),
            ["totalSellerDiscount"] = Yuan.Text(sellerDiscount),
            ["totalSellerReceivable"] = Yuan.Text(order.PayFen + order.PlatformDiscountFen),
            ["payDiscount"] = Yuan.Text(0),
            ["payType"] = "4-在线支付",
            ["deliveryType"] = order.Extras?.ToTheDoor == true ? "只工作日送货" : "任意时间",
            ["orderMarkDesc"] = order.Extras?.Transit ?? "",
            ["consigneeInfo"] = Consignee(order, encrypted),
            ["pin"] = Masked.Name(order.Buyer.Nick),
            ["open_id_buyer"] = order.Buyer.OpenId,
            ["orderRemark"] = order.BuyerNote,
            ["venderRemark"] = order.SellerNote,
            ["logisticsId"] = string.Join('|', byCarrier.Select(c => c.Key)),
            ["waybill"] = string.Join('|', byCarrier.Select(c => string.Join(',', c))),
            ["invoiceInfo"] = order.Invoice is null ? "不需要开具发票" : $"发票类型：电子发票;发票抬头：{order.Invoice.Title};发票内容：商品明细;",
            ["invoiceCode"] = order.Invoice?.TaxNo ?? "",
            ["invoiceEasyInfo"] = Invoice(order.Invoice),
            ["couponDetailList"] = new JsonArray([.. Coupons(order)]),
            ["itemInfoList"] = Answers.Array(order.Lines, Item),
        };
    }

    private static JsonObject Item(SandboxLine line) => new()
    {
        ["skuId"] = Text(line.PlatformSkuId),
        ["outerSkuId"] = line.SkuCode,
        ["skuName"] = $"{line.Title} {line.Spec}",
        ["jdPrice"] = Yuan.Text(line.PriceFen),
        ["giftPoint"] = "0",
        ["wareId"] = Text(line.ProductId),
        ["itemTotal"] = Text(line.Quantity),
        ["productNo"] = line.SkuCode,
        ["serviceName"] = "",
        ["newStoreId"] = "",
    };

    private static IEnumerable<JsonNode> Coupons(SandboxOrder order)
    {
        foreach (var line in order.Lines)
        {
            var seller = line.DiscountFen + line.ShopShareFen - line.AdjustFen;
            if (seller > 0) yield return Coupon(order, Text(line.PlatformSkuId), "30-单品促销优惠", seller);
        }
        if (order.PlatformDiscountFen > 0) yield return Coupon(order, "", "34-京东红包", order.PlatformDiscountFen);
    }

    private static JsonObject Coupon(SandboxOrder order, string skuId, string type, long fen) => new()
    {
        ["orderId"] = order.No, ["skuId"] = skuId, ["couponType"] = type, ["couponPrice"] = Yuan.Text(fen),
    };

    private static JsonObject Consignee(SandboxOrder order, bool encrypted)
    {
        var to = order.Receiver;
        var province = Regions.ShortName(to.Province);
        string Hide(string text, string masked) => encrypted ? Digest.Opaque("jd", text, 32) : masked;
        return new JsonObject
        {
            ["fullname"] = Hide(to.Name, Masked.Name(to.Name)),
            ["mobile"] = Hide(to.Mobile, Masked.Mobile(to.Mobile)),
            ["telephone"] = Hide(to.Mobile, Masked.Mobile(to.Mobile)),
            ["fullAddress"] = Hide(to.Address, province + to.City + to.District + "***"),
            ["province"] = province,
            ["city"] = to.City,
            ["county"] = to.District,
            ["town"] = to.Street,
        };
    }

    private static JsonObject Invoice(SandboxInvoice? invoice) => invoice is null ? new() { ["invoiceType"] = "不需要开具发票" } : new()
    {
        ["invoiceType"] = "电子发票",
        ["invoiceTitle"] = invoice.Title,
        ["invoiceContentId"] = "商品明细",
        ["invoiceConsigneeEmail"] = invoice.Email,
        ["invoiceConsigneePhone"] = "",
        ["invoiceCode"] = invoice.TaxNo,
    };

    private static string Remark(SandboxOrder order) => State(order) switch
    {
        null => "等待付款",
        "LOCKED" => "锁定",
        "PAUSE" => "暂停",
        "WAIT_SELLER_STOCK_OUT" => "等待出库",
        "WAIT_GOODS_RECEIVE_CONFIRM" => "等待确认收货",
        "FINISHED_L" => "完成",
        _ => "取消",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
