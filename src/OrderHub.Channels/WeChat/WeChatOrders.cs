using System.Text.Json;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.WeChat;

/// <summary>A WeChat order as one of ours. Pure.</summary>
internal static class WeChatOrders
{
    public static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("order_id"), Version);

    public static long Version(JsonReading order) => order.NeedUnixTime("update_time").ToUnixTimeMilliseconds();

    public static IncomingOrder Map(int shopId, string json) => JsonReading.Map(json, order => Map(shopId, order));

    /// <summary>The lines' numbers, in order: the platform gives none.</summary>
    public static IReadOnlyList<(string LineNo, JsonReading Product)> Lines(JsonReading order)
    {
        var numbers = new LineNumbers();
        return [.. order.NeedObject("order_detail").Items("product_infos").Select(p => (numbers.For(p.Id("sku_id")), p))];
    }

    /// <summary>Stands in the inbox for an order the platform lists but will not show.</summary>
    public static string Refusal(string orderId, PlatformException refusal) => JsonSerializer.Serialize(new { order_id = orderId, errcode = refusal.Code });

    private static IncomingOrder Map(int shopId, JsonReading order)
    {
        if (order.Find("errcode") is not null) throw new UnreadablePayloadException($"平台不给出订单详情:{order.Text("errcode")}");
        var detail = order.NeedObject("order_detail");
        var lines = Lines(order);
        if (lines.Count == 0) throw detail.Missing("product_infos");
        var products = lines.Select(l => l.Product).ToArray();
        var amounts = WeChatAmounts.Of(detail, products);
        var linePays = WeChatAmounts.Lines(products, amounts);
        var notes = detail.Find("ext_info");
        return new IncomingOrder
        {
            ShopId = shopId,
            PlatformOrderNo = order.Id("order_id"),
            Version = Version(order),
            Status = Status(order),
            CreatedAt = order.NeedUnixTime("create_time"),
            PaidAt = detail.Find("pay_info")?.UnixTime("pay_time"),
            ShipBy = products.Select(p => p.UnixTime("delivery_deadline")).Min(),
            BuyerKey = order.TextOrNull("unionid") ?? order.Text("openid"),
            Receiver = Receiver(detail),
            Amounts = amounts,
            Lines = [.. lines.Select((line, i) => Line(line.LineNo, line.Product, linePays[i]))],
            BuyerNote = notes?.TextOrNull("customer_notes"),
            SellerNote = notes?.TextOrNull("merchant_notes"),
            PromotionType = WeChatExtras.PromotionType(order, detail, products),
            Coupons = [.. WeChatAmounts.Coupons(detail)],
            PlatformHold = Hold(order, detail),
            Extras = WeChatExtras.Of(order, detail, products),
        };
    }

    public static PlatformStatus Status(JsonReading order) => order.NeedInteger("status") switch
    {
        10 => PlatformStatus.Unpaid,
        // 12 a present not taken yet, 13 a joint purchase not complete: paid, and held
        12 or 13 => PlatformStatus.Paid,
        // “to ship” may already be shipped in part
        20 => order.NeedObject("order_detail").Find("delivery_info")?.Items("delivery_product_info").Count > 0 ? PlatformStatus.PartShipped : PlatformStatus.Paid,
        21 => PlatformStatus.PartShipped,
        30 => PlatformStatus.Shipped,
        100 => PlatformStatus.Received,
        200 => PlatformStatus.ClosedAfterPayment,
        250 => PlatformStatus.ClosedUnpaid,
        _ => throw order.Need("status").Fault("是未知的订单状态"),
    };

    private static string? Hold(JsonReading order, JsonReading detail) => order.Integer("status") switch
    {
        12 => "礼物待收下",
        13 => "拼单未成团",
        20 or 21 when detail.Find("delivery_info")?.Find("address_under_review") is { IsObject: true } => "买家申请修改收货地址",
        _ => null,
    };

    /// <summary>Names and numbers come masked; the hash tells the same address of this shop again.</summary>
    private static IncomingReceiver Receiver(JsonReading detail)
    {
        if (detail.Find("delivery_info")?.Find("address_info") is not { } to) return new("", "", "", "", "", "", "", null);
        return new(to.Text("user_name"), to.TextOrNull("tel_number") ?? to.Text("virtual_order_tel_number"), to.Text("province_name"), to.Text("city_name"), to.Text("county_name"), "",
            to.Text("detail_info"), to.TextOrNull("hash_code"));
    }

    private static IncomingLine Line(string lineNo, JsonReading product, long payFen) => new()
    {
        PlatformLineNo = lineNo,
        PlatformProductId = product.TextOrNull("product_id"),
        PlatformSkuId = product.Id("sku_id"),
        MerchantCode = product.TextOrNull("sku_code") ?? product.TextOrNull("out_sku_id"),
        Title = product.Text("title"),
        Spec = string.Join(' ', product.Items("sku_attrs").Select(a => a.Text("attr_value"))),
        Quantity = product.Quantity("sku_cnt"),
        UnitPriceFen = product.NeedFen("sale_price"),
        PayFen = product.Flag("is_free_gift") ? 0 : payFen,
        IsGift = product.Flag("is_free_gift"),
    };
}
