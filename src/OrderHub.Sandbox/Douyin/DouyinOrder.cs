using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

/// <summary>An order in Douyin's words: fen and unix seconds; ids are texts here and numbers there, as on the platform.</summary>
internal static class DouyinOrder
{
    public const int ShopId = 40001;

    public static int Status(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => 1,
        // paid, but not yet released for shipping
        SandboxOrderState.Paid when order.RiskControlled => 105,
        SandboxOrderState.Paid => 2,
        SandboxOrderState.PartShipped => 101,
        SandboxOrderState.Shipped or SandboxOrderState.Signed => 3,
        SandboxOrderState.Finished => 5,
        _ => 4,
    };

    public static int AfterSaleStatus(SandboxRefund? refund) => refund?.State switch
    {
        null => 0,
        SandboxRefundState.Applied => 6,
        SandboxRefundState.Refused => 27,
        _ => 12,
    };

    /// <summary>1 to refund, 3 done, 4 failed.</summary>
    public static int RefundStatus(SandboxRefund? refund) => refund?.State switch
    {
        null => 0,
        SandboxRefundState.Applied => 1,
        SandboxRefundState.Refused => 4,
        _ => 3,
    };

    /// <summary>0 return, 1 refund after shipping, 2 refund before shipping.</summary>
    public static int AfterSaleType(SandboxRefund refund) => refund.Kind switch
    {
        SandboxRefundKind.BeforeShipping => 2,
        SandboxRefundKind.AfterShipping => 1,
        _ => 0,
    };

    /// <remarks>order_amount = Σ sum_amount + post_amount + modify_amount; pay_amount = order_amount − promotion_amount.</remarks>
    public static JsonObject Shape(SandboxOrder order)
    {
        var shape = Ordinary(order);
        DouyinExtras.AddTo(shape, order);
        return shape;
    }

    private static JsonObject Ordinary(SandboxOrder order)
    {
        var shop = order.LineDiscountFen + order.ShopDiscountFen;
        var to = order.Receiver;
        return new JsonObject
        {
            ["order_id"] = order.No,
            ["shop_id"] = ShopId,
            ["shop_name"] = SandboxCredentials.Douyin.ShopName,
            ["order_status"] = Status(order),
            ["order_status_desc"] = StatusText(order),
            ["main_status"] = order.State == SandboxOrderState.ClosedRefunded ? 21 : Status(order),
            ["order_type"] = 0,
            ["trade_type"] = 0,
            ["b_type"] = 2,
            ["biz"] = 2,
            ["open_id"] = order.Buyer.OpenId,
            ["doudian_open_id"] = "1@#" + order.Buyer.OpenId,
            ["create_time"] = order.CreatedAt.ToUnixTimeSeconds(),
            ["pay_time"] = Seconds(order.PaidAt),
            ["update_time"] = order.ModifiedAt.ToUnixTimeSeconds(),
            ["ship_time"] = Seconds(order.ShippedAt),
            ["finish_time"] = order.State == SandboxOrderState.Finished ? Seconds(order.EndedAt) : 0,
            ["exp_ship_time"] = Seconds(order.Extras?.ShipBy ?? order.PaidAt?.AddHours(48)),
            ["order_expire_time"] = 1800,
            ["order_amount"] = order.GoodsFen + order.FreightFen + order.AdjustFen,
            ["pay_amount"] = order.PayFen,
            ["post_amount"] = order.FreightFen,
            ["modify_amount"] = order.AdjustFen,
            ["modify_post_amount"] = 0,
            ["promotion_amount"] = shop + order.PlatformDiscountFen,
            ["promotion_shop_amount"] = shop,
            ["promotion_platform_amount"] = order.PlatformDiscountFen,
            ["promotion_talent_amount"] = 0,
            ["promotion_pay_amount"] = 0,
            ["shop_cost_amount"] = shop,
            ["platform_cost_amount"] = order.PlatformDiscountFen,
            ["pay_type"] = 2,
            ["channel_payment_no"] = order.PaidAt is null ? "" : Digest.Opaque("dypay", order.No, 28),
            ["buyer_words"] = order.BuyerNote,
            ["seller_words"] = order.SellerNote,
            ["seller_remark_stars"] = order.SellerFlag,
            ["encrypt_post_tel"] = Cipher(to.Mobile),
            ["encrypt_post_receiver"] = Cipher(to.Name),
            ["mask_post_tel"] = Masked.Mobile(to.Mobile),
            ["mask_post_receiver"] = Masked.Name(to.Name),
            ["mask_post_addr"] = Address(order, Masked.Address(to.Address)),
            ["post_addr"] = Address(order, ""),
            ["logistics_info"] = Answers.Array(order.Shipments, Logistics),
            ["shop_order_tag_ui"] = new JsonArray(),
            ["user_tag_ui"] = new JsonArray(),
            ["sku_order_list"] = Answers.Array(order.Lines, line => SkuOrder(order, line)),
        };
    }

    private static JsonObject SkuOrder(SandboxOrder order, SandboxLine line)
    {
        var refund = order.RefundOf(line);
        var shop = line.DiscountFen + line.ShopShareFen;
        var post = line.No == 1 ? order.FreightFen : 0;
        return new JsonObject
        {
            ["order_id"] = OrderNumbers.SubOrder(order, line.No).ToString(CultureInfo.InvariantCulture),
            ["parent_order_id"] = order.No,
            ["product_id"] = line.ProductId,
            ["product_id_str"] = line.ProductId.ToString(CultureInfo.InvariantCulture),
            ["product_name"] = line.Title,
            ["product_pic"] = "",
            ["sku_id"] = line.PlatformSkuId,
            ["out_sku_id"] = "0",
            ["code"] = line.SkuCode,
            ["out_product_id"] = "0",
            ["spec"] = new JsonArray(new JsonObject { ["name"] = "规格", ["value"] = line.Spec }),
            ["item_num"] = line.Quantity,
            ["origin_amount"] = line.PriceFen,
            ["sum_amount"] = line.GoodsFen,
            ["order_amount"] = line.GoodsFen + line.AdjustFen + post,
            ["pay_amount"] = line.PayFen + post,
            ["post_amount"] = post,
            ["modify_amount"] = line.AdjustFen,
            ["promotion_amount"] = shop + line.PlatformShareFen,
            ["promotion_shop_amount"] = shop,
            ["promotion_platform_amount"] = line.PlatformShareFen,
            ["promotion_talent_amount"] = 0,
            ["promotion_pay_amount"] = 0,
            ["order_status"] = Status(order),
            ["given_product_type"] = "",
            ["master_sku_order_id_list"] = new JsonArray(),
            ["after_sale_info"] = new JsonObject
            {
                ["after_sale_status"] = AfterSaleStatus(refund),
                ["after_sale_type"] = refund is null ? 0 : AfterSaleType(refund),
                ["refund_status"] = RefundStatus(refund),
            },
        };
    }

    private static JsonObject Logistics(SandboxShipment parcel) => new()
    {
        ["tracking_no"] = parcel.WaybillNo,
        ["company"] = parcel.Carrier,
        ["company_name"] = parcel.CarrierName,
        ["ship_time"] = parcel.At.ToUnixTimeSeconds(),
        ["delivery_id"] = parcel.WaybillNo,
        ["product_info"] = new JsonArray(),
    };

    private static JsonObject Address(SandboxOrder order, string detail)
    {
        static JsonObject Place(string name) => new() { ["name"] = name, ["id"] = "0" };
        var to = order.Receiver;
        return new JsonObject
        {
            ["province"] = Place(to.Province), ["city"] = Place(to.City), ["town"] = Place(to.District), ["street"] = Place(to.Street),
            ["detail"] = detail, ["encrypt_detail"] = Cipher(to.Address),
        };
    }

    private static string StatusText(SandboxOrder order) => Status(order) switch
    {
        1 => "待支付",
        105 => "已支付",
        2 => "备货中",
        101 => "部分发货",
        3 => "已发货",
        5 => "已完成",
        _ => "已取消",
    };

    private static string Cipher(string text) => $"##{Digest.Opaque("dy", text, 40)}##";

    private static long Seconds(DateTimeOffset? at) => at?.ToUnixTimeSeconds() ?? 0;
}
