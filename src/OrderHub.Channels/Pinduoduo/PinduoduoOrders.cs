using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Pinduoduo;

/// <summary>A POP order as one of our orders. Pure.</summary>
internal static class PinduoduoOrders
{
    private const long Done = 4;

    public static long Version(JsonReading order) => order.NeedChinaTime("updated_at").ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        if (order.Find("error_response") is { } refusal) throw new UnreadablePayloadException($"平台不给出订单详情:{refusal.Text("error_code")}");
        var items = order.Items("item_list");
        if (items.Count == 0) throw order.Missing("item_list");
        var paidAt = PaidAt(order);
        var amounts = Amounts(order, items);
        var linePays = Shares.Split(amounts.PayFen - amounts.FreightFen, [.. items.Select(i => i.NeedYuan("goods_price") * i.Quantity("goods_count"))]);
        var numbers = new LineNumbers();
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = order.Id("order_sn"),
            Version = Version(order),
            Status = Status(order),
            CreatedAt = order.ChinaTime("created_time") ?? order.ChinaTime("confirm_time") ?? throw order.Missing("created_time"),
            PaidAt = paidAt,
            ShipBy = order.ChinaTime("last_ship_time"),
            // the platform names no buyer; the same merge id means the same person at the same address
            BuyerKey = order.Text("open_address_id"),
            Receiver = Receiver(order),
            Amounts = amounts,
            Lines = [.. items.Select((item, i) => Line(item, numbers, linePays[i])), .. PinduoduoExtras.PresentsInTheParcel(order).Select(gift => Present(gift, numbers))],
            BuyerNote = order.TextOrNull("buyer_memo"),
            SellerNote = order.TextOrNull("remark"),
            SellerFlag = order.Integer("remark_tag") is var flag and >= 0 and <= 5 ? (int)flag : 0,
            Invoice = order.Text("invoice_status") == "1" ? new IncomingInvoice("requested", "", null, null) : null,
            PromotionType = order.Flag("is_pre_sale") || order.Text("trade_type") == "1" ? "presale" : order.Text("group_order_id").Length > 0 ? "group" : "normal",
            Coupons = Coupons(order),
            PlatformHold = Hold(order),
            NamedCourier = HasTag(order, "has_sf_express_service") || HasTag(order, "free_sf") ? "SF" : null,
            Extras = PinduoduoExtras.Of(order, amounts.PayFen),
        };
    }

    /// <remarks>
    /// pay_amount = goods_amount − discount_amount + postage + service fee, goods_amount = price × count − order_change_amount.
    /// The service fee (door delivery, SF surcharge) goes with the freight. capital_free_discount (group leader goes free) is the shop's own campaign.
    /// </remarks>
    private static IncomingAmounts Amounts(JsonReading order, IReadOnlyList<JsonReading> items)
    {
        var goods = items.Sum(i => checked(i.NeedYuan("goods_price") * i.Quantity("goods_count")));
        var shop = order.Yuan("seller_discount") + order.Yuan("capital_free_discount");
        var platform = order.Yuan("platform_discount");
        // an older answer names only the sum
        if (shop + platform == 0) shop = order.Yuan("discount_amount");
        var fees = order.Find("service_fee_detail") is { Element.ValueKind: System.Text.Json.JsonValueKind.Array } ? order.Items("service_fee_detail").Sum(f => f.Yuan("service_fee")) : 0;
        return new(goods, shop, platform, order.Yuan("postage") + fees, -order.Yuan("order_change_amount"), order.NeedYuan("pay_amount"));
    }

    private static DateTimeOffset? PaidAt(JsonReading order) => PinduoduoExtras.IsPaidUp(order) ? order.ChinaTime("pay_time") ?? order.ChinaTime("confirm_time") : null;

    public static PlatformStatus Status(JsonReading order)
    {
        var wasPaid = PaidAt(order) is not null;
        var status = order.NeedInteger("order_status");
        if (order.Integer("confirm_status") == 2 || order.Integer("group_status") == 2 && order.Find("group_status") is not null)
            return wasPaid ? PlatformStatus.ClosedAfterPayment : PlatformStatus.ClosedUnpaid;
        return status switch
        {
            // refunded before shipping: the platform keeps calling it 待发货 but refuses a parcel
            1 when order.Integer("refund_status") == Done => PlatformStatus.ClosedAfterPayment,
            // of a deposit order the balance may still be due
            1 when !wasPaid => PlatformStatus.Unpaid,
            1 => PlatformStatus.Paid,
            2 => PlatformStatus.Shipped,
            3 => PlatformStatus.Received,
            _ => throw order.Need("order_status").Fault("是未知的订单状态"),
        };
    }

    private static string? Hold(JsonReading order)
    {
        if (order.Integer("risk_control_status") == 1) return "平台风控审核中";
        if (order.Find("group_status") is not null && order.Integer("group_status") == 0) return "拼团中,尚未成团";
        if (HasTag(order, "ship_hold")) return "平台要求暂缓发货";
        if (HasTag(order, "region_black_delay_shipping")) return "收货地区暂停发货";
        // 0 is also what orders without gifts carry
        if (order.Text("gift_order_status") == "0" && order.Items("gift_list").Count > 0) return "赠品单尚未生成";
        return null;
    }

    private static bool HasTag(JsonReading order, string name) => order.Items("order_tag_list").Any(t => t.Text("name") == name && t.Text("value") == "1");

    /// <summary>Masks only: the other receiver fields are cipher texts, and all are empty once shipped or under review.</summary>
    private static IncomingReceiver Receiver(JsonReading order) => new(Masked(order, "receiver_name"), Masked(order, "receiver_phone"), order.Text("province"), order.Text("city"),
        order.Text("town"), "", order.TextOrNull("receiver_address_mask") ?? Masked(order, "address"), order.TextOrNull("open_address_id") ?? order.TextOrNull("open_address_id_2"));

    private static string Masked(JsonReading order, string name) =>
        order.TextOrNull($"{name}_mask") ?? (order.Text(name) is var plain && !plain.StartsWith('~') && !plain.StartsWith('$') ? plain : "");

    private static IncomingLine Line(JsonReading item, LineNumbers numbers, long payFen)
    {
        var price = item.NeedYuan("goods_price");
        return new()
        {
            PlatformLineNo = numbers.For(item.Id("sku_id", "goods_id")),
            PlatformProductId = item.TextOrNull("goods_id"),
            PlatformSkuId = item.TextOrNull("sku_id"),
            MerchantCode = item.TextOrNull("outer_id") ?? item.TextOrNull("outer_goods_id"),
            Title = item.Text("goods_name"),
            Spec = item.Text("goods_spec"),
            Quantity = item.Quantity("goods_count"),
            UnitPriceFen = price,
            PayFen = payFen,
            IsGift = price == 0,
        };
    }

    private static IncomingLine Present(JsonReading gift, LineNumbers numbers) =>
        Line(gift, numbers, payFen: 0) with { PlatformLineNo = numbers.For("gift:" + gift.Id("sku_id", "goods_id", "outer_id")), UnitPriceFen = 0, IsGift = true };

    /// <summary>The order's own fields say who pays; the promotion list does not, reliably.</summary>
    private static IReadOnlyList<IncomingCoupon> Coupons(JsonReading order) => [.. new[]
    {
        new IncomingCoupon("商家优惠", order.Yuan("seller_discount"), BornByPlatform: false),
        new IncomingCoupon("团长免单", order.Yuan("capital_free_discount"), BornByPlatform: false),
        new IncomingCoupon("平台优惠", order.Yuan("platform_discount"), BornByPlatform: true),
    }.Where(c => c.AmountFen != 0)];
}
