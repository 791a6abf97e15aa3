using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Pinduoduo;

/// <summary>An order in Pinduoduo's words. Money is decimal yuan, times are text.</summary>
internal static class PddOrder
{
    public static int Status(SandboxOrder order) => order.State switch
    {
        // unpaid: the deposit of a pre-sale is paid, its balance is not
        SandboxOrderState.Unpaid or SandboxOrderState.Paid or SandboxOrderState.PartShipped => 1,
        SandboxOrderState.Shipped => 2,
        SandboxOrderState.ClosedRefunded when order.ShippedAt is null => 1,
        _ => 3,
    };

    /// <summary>1 none, 2 asked for, 4 refunded.</summary>
    public static int RefundStatus(SandboxOrder order) => order.HasOpenRefund ? 2 : order.RefundedFen > 0 ? 4 : 1;

    public static int AfterSalesStatus(SandboxOrder order)
    {
        var last = order.Refunds.Count == 0 ? null : order.Refunds[^1];
        return last is null ? 0 : AfterSalesStatus(last);
    }

    public static int AfterSalesStatus(SandboxRefund refund) => refund.State switch
    {
        SandboxRefundState.Applied => refund.Kind == SandboxRefundKind.ReturnGoods ? 3 : 2,
        SandboxRefundState.Refused => 6,
        _ => 10,
    };

    /// <remarks>goods_amount = Σ price × count − order_change_amount; pay_amount = goods_amount − discount_amount + postage.</remarks>
    public static JsonObject Shape(SandboxOrder order)
    {
        var seller = order.LineDiscountFen + order.ShopDiscountFen;
        var shipment = order.Shipments.Count == 0 ? null : order.Shipments[0];
        var shape = new JsonObject
        {
            ["order_sn"] = order.No,
            ["order_status"] = Status(order),
            ["refund_status"] = RefundStatus(order),
            ["after_sales_status"] = AfterSalesStatus(order),
            ["confirm_status"] = order.IsClosed ? 2 : 1,
            ["group_status"] = 1,
            ["trade_type"] = 0,
            ["risk_control_status"] = order.RiskControlled ? 1 : 0,
            ["stock_out_handle_status"] = -1,
            ["is_stock_out"] = 0,
            ["is_pre_sale"] = 0,
            ["is_lucky_flag"] = 1,
            ["gift_order_status"] = 0,
            ["created_time"] = ChinaTime.Text(order.CreatedAt),
            ["confirm_time"] = ChinaTime.Text(order.CreatedAt),
            ["pay_time"] = ChinaTime.Text(order.PaidAt),
            ["shipping_time"] = ChinaTime.Text(order.ShippedAt),
            ["receive_time"] = ChinaTime.Text(order.SignedAt),
            ["updated_at"] = ChinaTime.Text(order.ModifiedAt),
            ["last_ship_time"] = ChinaTime.Text(order.Extras?.ShipBy ?? order.PaidAt?.AddHours(48)),
            ["goods_amount"] = Yuan.Number(order.GoodsFen + order.AdjustFen),
            ["order_change_amount"] = Yuan.Number(-order.AdjustFen),
            ["discount_amount"] = Yuan.Number(seller + order.PlatformDiscountFen),
            ["platform_discount"] = Yuan.Number(order.PlatformDiscountFen),
            ["seller_discount"] = Yuan.Number(seller),
            ["capital_free_discount"] = 0m,
            ["postage"] = Yuan.Number(order.FreightFen),
            ["pay_amount"] = Yuan.Number(order.PayFen),
            ["pay_type"] = "WEIXIN",
            ["pay_no"] = Digest.Opaque("pddpay", order.No, 28),
            ["buyer_memo"] = order.BuyerNote,
            ["remark"] = order.SellerNote,
            ["remark_tag"] = order.SellerFlag,
            ["invoice_status"] = order.Invoice is null ? 0 : 1,
            ["logistics_id"] = shipment is null ? 0 : int.Parse(shipment.Carrier, CultureInfo.InvariantCulture),
            ["tracking_number"] = shipment?.WaybillNo ?? "",
            ["extra_delivery_list"] = Answers.Array(order.Shipments.Skip(1), s => new JsonObject { ["logistics_id"] = int.Parse(s.Carrier, CultureInfo.InvariantCulture), ["tracking_number"] = s.WaybillNo }),
            ["order_tag_list"] = new JsonArray(new JsonObject { ["name"] = "ship_hold", ["value"] = order.RiskControlled ? 1 : 0 }),
            ["promotion_detail_list"] = Answers.Array(order.Promotions, p => new JsonObject
            {
                ["promotion_name"] = p.Name, ["discount_amount"] = Yuan.Number(p.AmountFen), ["promotion_type"] = p.ByPlatform ? 2 : 1,
            }),
            ["item_list"] = Answers.Array(order.Lines, l => new JsonObject
            {
                ["goods_id"] = l.ProductId,
                ["goods_name"] = l.Title,
                ["goods_spec"] = l.Spec,
                ["goods_count"] = l.Quantity,
                ["goods_price"] = Yuan.Number(l.PriceFen),
                ["goods_img"] = "",
                ["sku_id"] = l.PlatformSkuId,
                ["outer_id"] = l.SkuCode,
                ["outer_goods_id"] = l.SkuCode,
            }),
        };
        foreach (var (name, value) in Receiver(order)) shape[name] = value;
        PddExtras.AddTo(shape, order);
        return shape;
    }

    /// <summary>Cipher texts only while the order waits for shipping and is not under review; empty before and after.</summary>
    private static IEnumerable<(string Name, string Value)> Receiver(SandboxOrder order)
    {
        var to = order.Receiver;
        var open = order.State is SandboxOrderState.Paid or SandboxOrderState.PartShipped && !order.RiskControlled;
        string Cipher(string text) => open ? $"~AgAA{Digest.Opaque("pdd", text, 32)}~" : "";
        string Mask(string text) => open ? text : "";
        yield return ("country", "中国");
        yield return ("province", to.Province);
        yield return ("city", to.City);
        yield return ("town", to.District);
        yield return ("receiver_name", Cipher(to.Name));
        yield return ("receiver_phone", Cipher(to.Mobile));
        yield return ("receiver_address", Cipher(to.Address));
        yield return ("address", Cipher(to.Province + to.City + to.District + to.Address));
        yield return ("receiver_name_mask", Mask(Masked.Name(to.Name)));
        yield return ("receiver_phone_mask", Mask(Masked.Mobile(to.Mobile)));
        yield return ("receiver_address_mask", Mask(Masked.Address(to.Address)));
        yield return ("address_mask", Mask(to.Province + to.City + to.District + Masked.Address(to.Address)));
        yield return ("open_address_id", open ? Digest.Opaque("merge", to.Name + to.Mobile + to.Address, 32) : "");
    }
}
