using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

/// <summary>The fields only some orders carry: live room, deposit phases, warehouse, labels, a present as a line of its own.</summary>
internal static class DouyinExtras
{
    public static void AddTo(JsonObject shape, SandboxOrder order)
    {
        if (order.Extras is not { } extras) return;
        if (extras.DepositFen > 0)
        {
            if (order.State == SandboxOrderState.Unpaid) shape["main_status"] = 103;
            shape["order_phase_list"] = new JsonArray(Phase(order, 1, extras.DepositFen, paid: true), Phase(order, 2, order.PayFen - extras.DepositFen, order.PaidAt is not null));
        }
        var labels = (JsonArray)shape["shop_order_tag_ui"]!;
        if (extras.Transit is { } transit) labels.Add(Label("logistics_transit", transit));
        if (extras.Courier == "SF") labels.Add(Label("sf_free_shipping", "顺丰包邮"));
        if (extras.ToTheDoor) labels.Add(Label("delivery_to_door", "送货上门"));
        var lines = (JsonArray)shape["sku_order_list"]!;
        foreach (var line in lines.OfType<JsonObject>())
        {
            line["trade_type"] = extras.DepositFen > 0 ? 2 : 0;
            if (extras.Warehouse is { } warehouse) line["inventory_list"] = new JsonArray(new JsonObject { ["warehouse_id"] = "7001", ["out_warehouse_id"] = warehouse, ["inventory_type"] = 1, ["count"] = 1, ["warehouse_type"] = 0 });
            if (extras.LiveHost is not { } host) continue;
            var room = 7_300_000_000_000_000_000 + (long)(StableHash.Of(host) % 1_000_000_000_000_000);
            line["author_id"] = room / 1000;
            line["author_name"] = host;
            line["room_id"] = room;
            line["room_id_str"] = room.ToString(CultureInfo.InvariantCulture);
        }
        if (extras.GiftSku is { } gift) lines.Add(Gift(order, gift));
    }

    private static JsonObject Phase(SandboxOrder order, int number, long fen, bool paid) => new()
    {
        ["phase_order_id"] = order.No + number.ToString(CultureInfo.InvariantCulture), ["total_phase"] = 2, ["current_phase"] = number, ["pay_success"] = paid, ["sku_order_id"] = order.No,
        ["phase_payable_price"] = fen, ["phase_order_amount"] = fen, ["phase_pay_amount"] = paid ? fen : 0, ["phase_post_amount"] = 0, ["current_phase_status_desc"] = paid ? "已支付" : "待支付",
    };

    private static JsonObject Label(string key, string text) => new() { ["key"] = key, ["text"] = text, ["help_doc"] = "" };

    private static JsonObject Gift(SandboxOrder order, string sku)
    {
        var listing = ShopListings.Unlisted(SandboxPlatform.Douyin, sku);
        return new JsonObject
        {
            ["order_id"] = (long.Parse(order.No, CultureInfo.InvariantCulture) + 99 * 10_000_000_000).ToString(CultureInfo.InvariantCulture), ["parent_order_id"] = order.No,
            ["product_id"] = listing.ProductId, ["product_id_str"] = listing.ProductId.ToString(CultureInfo.InvariantCulture), ["sku_id"] = listing.PlatformSkuId, ["code"] = sku,
            ["product_name"] = "赠品 " + sku, ["item_num"] = 1, ["origin_amount"] = 0, ["sum_amount"] = 0, ["order_amount"] = 0, ["pay_amount"] = 0, ["post_amount"] = 0, ["promotion_pay_amount"] = 0,
            ["order_status"] = DouyinOrder.Status(order), ["given_product_type"] = "FREE", ["master_sku_order_id_list"] = new JsonArray(order.No), ["spec"] = new JsonArray(),
        };
    }
}
