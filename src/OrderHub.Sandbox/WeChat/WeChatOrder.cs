using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.WeChat;

/// <summary>An order in the words of the WeChat shop: ids as texts, money in fen, times in Unix seconds.</summary>
internal static class WeChatOrder
{
    public static int Status(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => 10,
        SandboxOrderState.Paid when order.RiskControlled => 13,
        SandboxOrderState.Paid => 20,
        SandboxOrderState.PartShipped => 21,
        SandboxOrderState.Shipped or SandboxOrderState.Signed => 30,
        SandboxOrderState.Finished => 100,
        SandboxOrderState.ClosedRefunded => 200,
        _ => 250,
    };

    public static JsonObject Shape(SandboxOrder order)
    {
        var detail = new JsonObject
        {
            ["product_infos"] = Answers.Array(order.Lines, line => Product(order, line)),
            ["pay_info"] = Payment(order),
            ["price_info"] = Price(order),
            ["delivery_info"] = Delivery(order),
            ["ext_info"] = new JsonObject
            {
                ["customer_notes"] = order.BuyerNote, ["merchant_notes"] = order.SellerNote, ["order_scene"] = order.Extras?.LiveHost is null ? 1 : 2,
                ["live_id"] = order.Extras?.LiveHost is { } room ? "export/" + Digest.Opaque("live", room) : "",
            },
        };
        if (order.Extras?.LiveHost is { } host)
            detail["source_infos"] = Answers.Array(order.Lines, l => new JsonObject { ["sku_id"] = Text(l.PlatformSkuId), ["account_type"] = 1, ["account_nickname"] = host, ["content_type"] = 1 });
        return new JsonObject
        {
            ["order_id"] = order.No,
            ["status"] = Status(order),
            ["create_time"] = order.CreatedAt.ToUnixTimeSeconds(),
            ["update_time"] = order.ModifiedAt.ToUnixTimeSeconds(),
            ["openid"] = order.Buyer.OpenId,
            ["is_present"] = false,
            ["order_detail"] = detail,
            ["aftersale_detail"] = new JsonObject
            {
                ["on_aftersale_order_cnt"] = order.Refunds.Count(r => r.State is SandboxRefundState.Applied or SandboxRefundState.Agreed),
                ["aftersale_order_list"] = Answers.Array(order.Refunds, r => new JsonObject { ["aftersale_order_id"] = r.No }),
            },
        };
    }

    private static JsonObject Product(SandboxOrder order, SandboxLine line)
    {
        var done = order.Refunds.Any(r => r.LineNo == line.No && r.State == SandboxRefundState.Done && r.AmountFen >= line.PayFen);
        return new JsonObject
        {
            ["product_id"] = Text(line.ProductId),
            ["sku_id"] = Text(line.PlatformSkuId),
            ["sku_code"] = line.SkuCode,
            ["sku_cnt"] = line.Quantity,
            ["on_aftersale_sku_cnt"] = order.RefundOf(line)?.State == SandboxRefundState.Applied ? line.Quantity : 0,
            // only what will not be sent any more
            ["finish_aftersale_sku_cnt"] = done && order.ShipmentOf(line) is null ? line.Quantity : 0,
            ["title"] = line.Title,
            ["sku_attrs"] = new JsonArray(new JsonObject { ["attr_key"] = "规格", ["attr_value"] = line.Spec }),
            ["sale_price"] = line.PriceFen,
            ["market_price"] = line.PriceFen,
            ["estimate_price"] = line.PayFen,
            ["real_price"] = line.PayFen,
            ["merchant_discounted_price"] = line.DiscountFen + line.ShopShareFen,
            ["cash_coupon_discounted_price"] = line.PlatformShareFen,
            ["out_warehouse_id"] = order.Extras?.Warehouse ?? "",
            ["delivery_deadline"] = order.Extras?.ShipBy?.ToUnixTimeSeconds() ?? order.PaidAt?.AddHours(48).ToUnixTimeSeconds() ?? 0,
            ["sku_deliver_info"] = new JsonObject { ["stock_type"] = 0 },
        };
    }

    /// <remarks>order_price = original_order_price − discounted_price − deduction_price − change_down_price.</remarks>
    private static JsonObject Price(SandboxOrder order) => new()
    {
        ["product_price"] = order.GoodsFen,
        ["freight"] = order.FreightFen,
        ["original_order_price"] = order.GoodsFen + order.FreightFen,
        ["discounted_price"] = order.LineDiscountFen + order.ShopDiscountFen + order.PlatformDiscountFen,
        ["is_discounted"] = order.Promotions.Count > 0,
        ["change_down_price"] = -order.AdjustFen,
        ["deduction_price"] = 0,
        ["merchant_discounted_price"] = order.LineDiscountFen + order.ShopDiscountFen,
        ["cash_coupon_discounted_price"] = order.PlatformDiscountFen,
        ["finder_discounted_price"] = 0,
        ["order_price"] = order.PayFen,
        ["merchant_receieve_price"] = order.PayFen + order.PlatformDiscountFen,
    };

    private static JsonObject Payment(SandboxOrder order) => order.PaidAt is not { } at ? []
        : new() { ["payment_method"] = 1, ["transaction_id"] = "4200" + order.No, ["prepay_time"] = order.CreatedAt.ToUnixTimeSeconds(), ["pay_time"] = at.ToUnixTimeSeconds() };

    private static JsonObject Delivery(SandboxOrder order)
    {
        var to = order.Receiver;
        return new JsonObject
        {
            ["deliver_method"] = 0,
            ["quality_inspect_type"] = order.Extras?.Transit is null ? 0 : 1,
            ["address_info"] = new JsonObject
            {
                ["user_name"] = Masked.Name(to.Name), ["tel_number"] = Masked.Mobile(to.Mobile), ["province_name"] = to.Province, ["city_name"] = to.City, ["county_name"] = to.District,
                ["detail_info"] = Masked.Address(to.Address), ["hash_code"] = Digest.Opaque("wechat-address", $"{to.Name}{to.Mobile}{to.City}{to.Address}", 32),
            },
            ["delivery_product_info"] = Answers.Array(order.Shipments, s => new JsonObject
            {
                ["waybill_id"] = s.WaybillNo, ["delivery_id"] = s.Carrier, ["delivery_name"] = s.CarrierName, ["delivery_time"] = s.At.ToUnixTimeSeconds(), ["deliver_type"] = 1,
                ["product_infos"] = Answers.Array(order.Lines.Where(l => s.LineNos.Contains(l.No)),
                    l => new JsonObject { ["product_id"] = Text(l.ProductId), ["sku_id"] = Text(l.PlatformSkuId), ["product_cnt"] = l.Quantity }),
            }),
        };
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
