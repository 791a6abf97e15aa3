using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Mall;

/// <summary>An order in the own mall's words: fen, ISO times, ids as text, the receiver in the clear.</summary>
internal static class MallOrder
{
    public static string Status(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => "unpaid",
        SandboxOrderState.Paid => "paid",
        SandboxOrderState.PartShipped => "part_shipped",
        SandboxOrderState.Shipped => "shipped",
        SandboxOrderState.Signed or SandboxOrderState.Finished => "received",
        _ => "closed",
    };

    /// <remarks>pay = goods − shop_discount − platform_discount + freight; line pay = price × qty − discount.</remarks>
    public static JsonObject Shape(SandboxOrder order)
    {
        var shape = Ordinary(order);
        if (order.Extras is not { } extras) return shape;
        if (extras.LiveHost is { } host) shape["live_host"] = host;
        if (extras.BuyerIp is { } ip) shape["buyer_ip"] = ip;
        if (extras.Warehouse is { } warehouse) shape["warehouse"] = warehouse;
        if (extras.Courier is { } courier) shape["courier"] = courier;
        if (extras.DepositFen > 0) shape["presale"] = new JsonObject { ["deposit"] = extras.DepositFen, ["balance"] = order.PayFen - extras.DepositFen, ["balance_paid"] = order.PaidAt is not null };
        if (extras.GiftSku is { } gift) ((JsonArray)shape["promotions"]!).Add(new JsonObject { ["name"] = "满赠", ["amount"] = 0, ["gift_sku"] = gift, ["gift_qty"] = 1, ["borne_by"] = "shop" });
        shape["obligations"] = new JsonArray([.. new[] { extras.Transit, extras.ToTheDoor ? "送货上门" : null }.OfType<string>().Select(t => JsonValue.Create(t))]);
        return shape;
    }

    private static JsonObject Ordinary(SandboxOrder order) => new()
    {
        ["order_no"] = order.No,
        ["version"] = order.Version,
        ["status"] = Status(order),
        ["buyer"] = new JsonObject { ["open_id"] = order.Buyer.OpenId, ["nick"] = order.Buyer.Nick },
        ["receiver"] = new JsonObject
        {
            ["name"] = order.Receiver.Name, ["mobile"] = order.Receiver.Mobile, ["province"] = order.Receiver.Province, ["city"] = order.Receiver.City,
            ["district"] = order.Receiver.District, ["street"] = order.Receiver.Street, ["address"] = order.Receiver.Address,
        },
        ["remark"] = order.BuyerNote,
        ["seller_memo"] = order.SellerNote,
        ["flag"] = order.SellerFlag,
        ["created_at"] = Time(order.CreatedAt),
        ["paid_at"] = Time(order.PaidAt),
        ["updated_at"] = Time(order.ModifiedAt),
        ["ship_deadline"] = Time(order.Extras?.ShipBy ?? order.PaidAt?.AddHours(48)),
        ["amounts"] = new JsonObject
        {
            ["goods"] = order.GoodsFen,
            ["shop_discount"] = order.LineDiscountFen + order.ShopDiscountFen - order.AdjustFen,
            ["platform_discount"] = order.PlatformDiscountFen,
            ["freight"] = order.FreightFen,
            ["pay"] = order.PayFen,
        },
        ["payment"] = order.PaidAt is null ? null : new JsonObject { ["channel"] = "wechat", ["trade_no"] = "4200" + Digest.Opaque("wx", order.No, 24) },
        ["invoice"] = order.Invoice is { } invoice
            ? new JsonObject { ["type"] = invoice.Type, ["title"] = invoice.Title, ["tax_no"] = invoice.TaxNo, ["email"] = invoice.Email } : null,
        ["lines"] = Answers.Array(order.Lines, line => Line(order, line)),
        ["shipments"] = Answers.Array(order.Shipments, s => new JsonObject { ["carrier_code"] = s.Carrier, ["waybill_no"] = s.WaybillNo, ["shipped_at"] = Time(s.At) }),
        ["promotions"] = Answers.Array(order.Promotions, p => new JsonObject { ["name"] = p.Name, ["amount"] = p.AmountFen, ["gift_sku"] = null, ["gift_qty"] = 0, ["borne_by"] = p.ByPlatform ? "platform" : "shop" }),
    };

    public static string LineId(SandboxOrder order, int lineNo) => string.Create(CultureInfo.InvariantCulture, $"{order.No}-{lineNo}");

    public static string? Time(DateTimeOffset? at) => at?.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static string RefundState(SandboxRefund? refund) => refund?.State switch
    {
        null => "none",
        SandboxRefundState.Applied => "applied",
        SandboxRefundState.Refused => "refused",
        _ => "done",
    };

    private static JsonObject Line(SandboxOrder order, SandboxLine line) => new()
    {
        ["line_id"] = LineId(order, line.No),
        ["product_id"] = line.ProductId.ToString(CultureInfo.InvariantCulture),
        ["sku_id"] = line.PlatformSkuId.ToString(CultureInfo.InvariantCulture),
        ["sku_code"] = line.SkuCode,
        ["name"] = line.Title,
        ["spec"] = line.Spec,
        ["qty"] = line.Quantity,
        ["price"] = line.PriceFen,
        ["discount"] = line.GoodsFen - line.PayFen,
        ["pay"] = line.PayFen,
        ["refund_state"] = RefundState(order.RefundOf(line)),
    };
}
