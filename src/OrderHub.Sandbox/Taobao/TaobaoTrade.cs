using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Taobao;

/// <summary>An order in the words of TOP.</summary>
internal static class TaobaoTrade
{
    public static string Status(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => "WAIT_BUYER_PAY",
        SandboxOrderState.Paid when order.RiskControlled => "PAID_FORBID_CONSIGN",
        SandboxOrderState.Paid => "WAIT_SELLER_SEND_GOODS",
        SandboxOrderState.PartShipped => "SELLER_CONSIGNED_PART",
        SandboxOrderState.Shipped or SandboxOrderState.Signed => "WAIT_BUYER_CONFIRM_GOODS",
        SandboxOrderState.Finished => "TRADE_FINISHED",
        SandboxOrderState.ClosedUnpaid => "TRADE_CLOSED_BY_TAOBAO",
        _ => "TRADE_CLOSED",
    };

    /// <remarks>
    /// payment = Σ (price×num + adjust_fee − discount_fee of the sub-orders) − trade.discount_fee + post_fee.
    /// part_mjz_discount shares trade.discount_fee out over the sub-orders; divide_order_fee is what is left of each.
    /// </remarks>
    public static JsonObject Shape(SandboxOrder order)
    {
        var tid = long.Parse(order.No, CultureInfo.InvariantCulture);
        var receiver = order.Receiver;
        var trade = new JsonObject
        {
            ["tid"] = tid,
            ["tid_str"] = order.No,
            ["type"] = "fixed",
            ["status"] = Status(order),
            ["seller_nick"] = SandboxCredentials.Taobao.ShopName,
            ["buyer_nick"] = Masked.Name(order.Buyer.Nick),
            ["buyer_open_uid"] = order.Buyer.OpenId,
            ["trade_from"] = "WAP,WAP",
            ["created"] = ChinaTime.Text(order.CreatedAt),
            ["modified"] = ChinaTime.Text(order.ModifiedAt),
            ["payment"] = Yuan.Text(order.PayFen),
            ["total_fee"] = Yuan.Text(order.GoodsFen),
            ["post_fee"] = Yuan.Text(order.FreightFen),
            ["discount_fee"] = Yuan.Text(order.ShopDiscountFen + order.PlatformDiscountFen),
            ["platform_subsidy_fee"] = Yuan.Text(order.PlatformDiscountFen),
            ["adjust_fee"] = Yuan.Text(0),
            ["received_payment"] = Yuan.Text(order.State == SandboxOrderState.Finished ? order.PayFen - order.RefundedFen : 0),
            ["num"] = order.Lines.Sum(l => l.Quantity),
            ["has_buyer_message"] = order.BuyerNote.Length > 0,
            ["buyer_message"] = order.BuyerNote,
            ["seller_memo"] = order.SellerNote,
            ["seller_flag"] = order.SellerFlag,
            ["receiver_country"] = "",
            ["receiver_state"] = receiver.Province,
            ["receiver_city"] = receiver.City,
            ["receiver_district"] = receiver.District,
            ["receiver_town"] = receiver.Street,
            ["receiver_address"] = Masked.Address(receiver.Address),
            ["receiver_name"] = Masked.Name(receiver.Name),
            ["receiver_mobile"] = Masked.Mobile(receiver.Mobile),
            ["receiver_phone"] = "",
            ["receiver_zip"] = "000000",
            ["oaid"] = "1" + Digest.Opaque("oaid", $"{receiver.Name}{receiver.Mobile}{receiver.City}{receiver.Address}", 40),
            ["shipping_type"] = order.FreightFen > 0 ? "express" : "free",
            ["is_part_consign"] = order.State == SandboxOrderState.PartShipped,
            ["orders"] = new JsonObject { ["order"] = Answers.Array(order.Lines, line => SubOrder(order, line)) },
        };
        if (order.PaidAt is not null)
        {
            trade["pay_time"] = ChinaTime.Text(order.PaidAt);
            trade["alipay_no"] = Digest.Opaque("alipay", order.No, 28);
        }
        TaobaoTradeExtras.Add(trade, order);
        if (order.ShippedAt is not null) trade["consign_time"] = ChinaTime.Text(order.ShippedAt);
        if (order.SignedAt is not null) trade["sign_time"] = ChinaTime.Text(order.SignedAt);
        if (order.EndedAt is not null) trade["end_time"] = ChinaTime.Text(order.EndedAt);
        if (order.Promotions.Count > 0) trade["promotion_details"] = new JsonObject { ["promotion_detail"] = Answers.Array(order.Promotions, p => Promotion(order, p)) };
        return trade;
    }

    public static string RefundStatus(SandboxRefund? refund) => refund?.State switch
    {
        null => "NO_REFUND",
        SandboxRefundState.Applied => "WAIT_SELLER_AGREE",
        SandboxRefundState.Refused => "SELLER_REFUSE_BUYER",
        SandboxRefundState.Agreed => "WAIT_BUYER_RETURN_GOODS",
        _ => "SUCCESS",
    };

    private static JsonObject SubOrder(SandboxOrder order, SandboxLine line)
    {
        var oid = OrderNumbers.SubOrder(order, line.No);
        var mjz = line.ShopShareFen + line.PlatformShareFen;
        // with a single line the sub-order's payment is the trade's, freight and order-wide discounts included
        var single = order.Lines.Count == 1;
        var payment = single ? order.PayFen : line.GoodsFen + line.AdjustFen - line.DiscountFen;
        var refund = order.RefundOf(line);
        var shipment = order.ShipmentOf(line);
        var shape = new JsonObject
        {
            ["oid"] = oid,
            ["oid_str"] = oid.ToString(CultureInfo.InvariantCulture),
            ["status"] = LineStatus(order, line, refund, shipment),
            ["refund_status"] = RefundStatus(refund),
            ["title"] = line.Title,
            ["price"] = Yuan.Text(line.PriceFen),
            ["num"] = line.Quantity,
            ["num_iid"] = line.ProductId,
            ["sku_id"] = line.PlatformSkuId.ToString(CultureInfo.InvariantCulture),
            ["outer_iid"] = line.SkuCode,
            ["outer_sku_id"] = line.SkuCode,
            ["sku_properties_name"] = "规格:" + line.Spec,
            ["total_fee"] = Yuan.Text(line.GoodsFen + line.AdjustFen - line.DiscountFen),
            ["payment"] = Yuan.Text(payment),
            ["discount_fee"] = Yuan.Text(line.DiscountFen),
            ["adjust_fee"] = Yuan.Text(line.AdjustFen),
            ["divide_order_fee"] = Yuan.Text(single ? order.PayFen : line.PayFen),
            ["part_mjz_discount"] = Yuan.Text(mjz),
            ["is_oversold"] = false,
            ["seller_type"] = "B",
        };
        if (order.Extras?.Warehouse is { } warehouse) shape["store_code"] = warehouse;
        if (refund is not null) shape["refund_id"] = refund.No;
        if (shipment is not null)
        {
            shape["logistics_company"] = shipment.CarrierName;
            shape["invoice_no"] = shipment.WaybillNo;
            shape["consign_time"] = ChinaTime.Text(shipment.At);
            shape["shipping_type"] = "express";
        }
        return shape;
    }

    private static string LineStatus(SandboxOrder order, SandboxLine line, SandboxRefund? refund, SandboxShipment? shipment) => order.State switch
    {
        SandboxOrderState.Paid or SandboxOrderState.PartShipped or SandboxOrderState.Shipped
            when shipment is null && refund is { State: SandboxRefundState.Done } && refund.AmountFen >= line.PayFen => "TRADE_CLOSED",
        SandboxOrderState.PartShipped => shipment is null ? "WAIT_SELLER_SEND_GOODS" : "WAIT_BUYER_CONFIRM_GOODS",
        _ => Status(order),
    };

    private static JsonObject Promotion(SandboxOrder order, SandboxPromotion promotion) => new()
    {
        ["id"] = promotion.LineNo == 0 ? long.Parse(order.No, CultureInfo.InvariantCulture) : OrderNumbers.SubOrder(order, promotion.LineNo),
        ["promotion_id"] = (promotion.ByPlatform ? "tmallcoupon-" : "shopbonus-") + order.Sequence.ToString(CultureInfo.InvariantCulture),
        ["promotion_name"] = promotion.Name,
        ["promotion_desc"] = $"{promotion.Name}:省{Yuan.Text(promotion.AmountFen)}元",
        ["discount_fee"] = Yuan.Text(promotion.AmountFen),
    };
}
