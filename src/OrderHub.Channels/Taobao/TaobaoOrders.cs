using System.Text.Json;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Taobao;

/// <summary>A TOP trade as one of our orders. Pure.</summary>
internal static class TaobaoOrders
{
    /// <summary>What the mapping reads; name, address, created, mobile and phone are also what the platform wants asked for before it gives the oaid.</summary>
    public const string Fields =
        "tid,tid_str,type,status,created,pay_time,modified,buyer_nick,buyer_open_uid,trade_from,"
        + "buyer_message,has_buyer_message,seller_memo,seller_flag,receiver_name,receiver_state,receiver_city,receiver_district,receiver_town,receiver_address,receiver_mobile,"
        + "receiver_phone,oaid,shipping_type,top_hold,forbid_consign," + TaobaoAmounts.Fields + "," + TaobaoExtras.Fields;

    /// <summary>
    /// The same for a trade's row in the list and for its details, so that a row tells whether the details are here already. The status takes
    /// part because whole seconds do not tell a trade just placed from one just paid.
    /// </summary>
    public static long DocumentVersion(JsonReading trade) => Version(trade) + (int)Status(trade);

    public static long Version(JsonReading trade) => trade.NeedChinaTime("modified").ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, trade => Map(shopId, trade));

    private static IncomingOrder Map(int shopId, JsonReading trade)
    {
        if (trade.Find("error_response") is { } refusal) throw new UnreadablePayloadException($"平台不给出订单详情:{refusal.Text("sub_code")}");
        var orders = trade.Wrapped("orders", "order");
        if (orders.Count == 0) throw trade.Missing("orders");
        var status = Status(trade);
        var amounts = TaobaoAmounts.Of(trade, orders);
        var linePays = TaobaoAmounts.Lines(orders, amounts);
        var subsidised = amounts.PlatformDiscountFen > 0;
        var promotions = trade.Wrapped("promotion_details", "promotion_detail");
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = trade.Id("tid_str", "tid"),
            Version = Version(trade),
            Status = status,
            CreatedAt = trade.NeedChinaTime("created"),
            PaidAt = trade.ChinaTime("pay_time"),
            ShipBy = TaobaoExtras.ShipBy(trade, orders),
            BuyerKey = trade.Text("buyer_open_uid"),
            BuyerNick = trade.Text("buyer_nick"),
            Receiver = new(trade.Text("receiver_name"), trade.TextOrNull("receiver_mobile") ?? trade.Text("receiver_phone"), trade.Text("receiver_state"), trade.Text("receiver_city"),
                trade.Text("receiver_district"), trade.Text("receiver_town"), trade.Text("receiver_address"), trade.TextOrNull("oaid")),
            Amounts = amounts,
            Lines = [.. orders.Select((order, i) => Line(order, linePays[i]))],
            BuyerNote = trade.TextOrNull("buyer_message"),
            SellerNote = trade.TextOrNull("seller_memo"),
            SellerFlag = trade.Integer("seller_flag") is var flag and >= 0 and <= 5 ? (int)flag : 0,
            PromotionType = TaobaoExtras.PromotionType(trade, promotions),
            Coupons = [.. promotions.Where(p => p.Yuan("discount_fee") != 0).Select(p => Coupon(p, subsidised))],
            PlatformHold = Hold(trade, orders),
            NamedCourier = TaobaoExtras.NamedCourier(trade, PlatformTable.Of(ShopKind.Taobao)),
            Extras = TaobaoExtras.Of(trade, orders, amounts.PayFen),
        };
    }

    public static PlatformStatus Status(JsonReading trade) => trade.Id("status") switch
    {
        // the deposit alone does not make a pre-sale shippable
        "WAIT_BUYER_PAY" or "TRADE_NO_CREATE_PAY" or "PAY_PENDING" or "WAIT_PRE_AUTH_CONFIRM" => PlatformStatus.Unpaid,
        "WAIT_SELLER_SEND_GOODS" or "PAID_FORBID_CONSIGN" => PlatformStatus.Paid,
        "SELLER_CONSIGNED_PART" => PlatformStatus.PartShipped,
        "WAIT_BUYER_CONFIRM_GOODS" => PlatformStatus.Shipped,
        "TRADE_BUYER_SIGNED" or "TRADE_FINISHED" => PlatformStatus.Received,
        "TRADE_CLOSED_BY_TAOBAO" => PlatformStatus.ClosedUnpaid,
        "TRADE_CLOSED" => PlatformStatus.ClosedAfterPayment,
        _ => throw trade.Need("status").Fault("是未知的交易状态"),
    };

    private static string? Hold(JsonReading trade, IReadOnlyList<JsonReading> orders)
    {
        if (trade.Text("status") == "PAID_FORBID_CONSIGN") return "平台暂不允许发货(拼团未成团或风控)";
        if (trade.Flag("forbid_consign") || trade.Flag("top_hold")) return "平台暂不允许发货";
        return orders.Any(o => o.Flag("is_oversold")) ? "平台标记为超卖" : null;
    }

    private static IncomingLine Line(JsonReading order, long payFen) => new()
    {
        PlatformLineNo = order.Id("oid_str", "oid"),
        PlatformProductId = order.TextOrNull("num_iid"),
        PlatformSkuId = order.TextOrNull("sku_id") ?? order.TextOrNull("num_iid"),
        MerchantCode = order.TextOrNull("outer_sku_id") ?? order.TextOrNull("outer_iid"),
        Title = order.Text("title"),
        Spec = order.Text("sku_properties_name"),
        Quantity = order.Quantity("num"),
        UnitPriceFen = order.NeedYuan("price"),
        PayFen = order.Flag("is_free_gift") ? 0 : payFen,
        IsGift = order.Flag("is_free_gift"),
    };

    /// <summary>TOP names no bearer; its own campaigns carry these words or ids. Where it states no subsidy, the shop bears all.</summary>
    private static IncomingCoupon Coupon(JsonReading promotion, bool subsidised)
    {
        var id = promotion.Text("promotion_id");
        var name = promotion.TextOrNull("promotion_name") ?? promotion.Text("promotion_desc");
        var byPlatform = subsidised && (id.StartsWith("tmall", StringComparison.OrdinalIgnoreCase)
            || name.Contains("平台", StringComparison.Ordinal) || name.Contains("天猫", StringComparison.Ordinal) || name.Contains("跨店", StringComparison.Ordinal));
        return new(name, promotion.Yuan("discount_fee"), byPlatform);
    }

    /// <summary>Stands in the inbox for a trade the platform lists but will not show.</summary>
    public static string Refusal(string tid, PlatformException refusal) =>
        JsonSerializer.Serialize(new { tid, error_response = new { sub_code = refusal.Code } });
}
