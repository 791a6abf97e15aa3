using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>A parcel names product, SKU and pieces, so the order is read first; that also shows whether it is on its way already.</summary>
internal static class WeChatShipments
{
    private const int ByCourier = 1;

    public static bool IsOnItsWay(JsonReading order, string waybillNo) => PlatformHttp.Read(order, o => Parcels(o).Any(p => p.Text("waybill_id") == waybillNo));

    public static async Task SendAsync(WeChatClient client, ShopConnection shop, ShipmentNotice shipment, string courier, JsonReading order, CancellationToken ct)
    {
        var goods = PlatformHttp.Read(order, o => Goods(o, shipment.PlatformLineNos));
        if (goods.Count == 0) throw new PlatformException("shipment.nothing_left", "订单里没有待发的商品", isTransient: false);
        await client.CallAsync(shop, "channels/ec/order/delivery/send", new
        {
            order_id = shipment.PlatformOrderNo,
            delivery_list = new[] { new { delivery_id = courier, waybill_id = shipment.WaybillNo, deliver_type = ByCourier, product_infos = goods } },
        }, ct);
    }

    private static IReadOnlyList<JsonReading> Parcels(JsonReading order) => order.NeedObject("order_detail").Find("delivery_info")?.Items("delivery_product_info") ?? [];

    /// <summary>Of the parcel's lines what is neither sent nor given back.</summary>
    private static List<object> Goods(JsonReading order, IReadOnlyList<string> lineNos)
    {
        var sent = Parcels(order).SelectMany(p => p.Items("product_infos")).GroupBy(p => p.Id("sku_id")).ToDictionary(g => g.Key, g => g.Sum(p => p.Integer("product_cnt")));
        var goods = new List<object>();
        foreach (var (lineNo, product) in WeChatOrders.Lines(order))
        {
            var sku = product.Id("sku_id");
            var left = product.Quantity("sku_cnt") - product.Integer("finish_aftersale_sku_cnt");
            var gone = Math.Min(left, sent.GetValueOrDefault(sku));
            sent[sku] = sent.GetValueOrDefault(sku) - gone;
            if (left > gone && (lineNos.Count == 0 || lineNos.Contains(lineNo))) goods.Add(new { product_id = product.Id("product_id"), sku_id = sku, product_cnt = left - gone });
        }
        return goods;
    }
}
