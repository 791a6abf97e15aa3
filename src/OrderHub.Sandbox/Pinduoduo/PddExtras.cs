using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Pinduoduo;

/// <summary>The fields only some orders carry: deposit, warehouse, transit, present, delivery to the door.</summary>
internal static class PddExtras
{
    public static void AddTo(JsonObject shape, SandboxOrder order)
    {
        if (order.Extras is not { } extras) return;
        if (extras.DepositFen > 0)
        {
            shape["trade_type"] = 1;
            shape["is_pre_sale"] = 1;
            shape["step_order_info"] = new JsonObject
            {
                ["advanced_paid_fee"] = Yuan.Text(extras.DepositFen),
                ["step_paid_fee"] = Yuan.Text(order.PaidAt is null ? extras.DepositFen : order.PayFen),
                ["step_discount_amount"] = "0.00",
                ["step_trade_status"] = order.PaidAt is null ? 1 : 2,
            };
        }
        if (extras.Warehouse is { } warehouse)
            shape["order_depot_info"] = new JsonObject { ["depot_id"] = "81001", ["depot_code"] = warehouse, ["depot_name"] = warehouse, ["depot_type"] = 2 };
        if (extras.Transit is { } transit) shape["consolidate_info"] = new JsonObject { ["consolidate_type"] = TransitType(transit) };
        if (extras.ToTheDoor) shape["home_delivery_type"] = 1;
        if (extras.Courier == "SF") ((JsonArray)shape["order_tag_list"]!).Add(new JsonObject { ["name"] = "has_sf_express_service", ["value"] = 1 });
        if (extras.GiftSku is { } gift)
        {
            // no order of its own was made for it: it travels with the goods
            shape["gift_order_status"] = 2;
            shape["gift_list"] = new JsonArray(Gift(gift));
        }
    }

    private static JsonObject Gift(string sku)
    {
        var listing = ShopListings.Unlisted(SandboxPlatform.Pinduoduo, sku);
        return new JsonObject
        {
            ["goods_id"] = listing.ProductId, ["sku_id"] = listing.PlatformSkuId, ["outer_id"] = sku, ["goods_name"] = "赠品 " + sku, ["goods_spec"] = "", ["goods_count"] = 1, ["goods_price"] = "0.00",
        };
    }

    private static int TransitType(string transit) => transit switch
    {
        "香港集运" => 0,
        "西藏中转" => 3,
        _ => 1,
    };
}
