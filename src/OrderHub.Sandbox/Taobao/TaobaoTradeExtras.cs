using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

/// <summary>The fields only some trades carry.</summary>
internal static class TaobaoTradeExtras
{
    public static void Add(JsonObject trade, SandboxOrder order)
    {
        if (order.Extras is not { } extras) return;
        if (extras.DepositFen > 0)
        {
            trade["type"] = "step";
            trade["step_trade_status"] = order.PaidAt is null ? "FRONT_PAID_FINAL_NOPAID" : "FRONT_PAID_FINAL_PAID";
            trade["step_paid_fee"] = Yuan.Text(extras.DepositFen);
        }
        if (extras.ShipBy is { } by) trade["delivery_time"] = ChinaTime.Text(by);
        if (extras.Courier is { } courier)
        {
            var tag = new JsonObject { ["service_tag"] = $"companyCode={courier};lgType=0", ["service_type"] = "express" };
            trade["service_tags"] = Wrapped("logistics_tag", new JsonObject { ["order_id"] = order.No, ["logistic_service_tag_list"] = Wrapped("logistic_service_tag", tag) });
        }
        if (extras.ToTheDoor || extras.Transit is not null)
        {
            trade["asdp_ads"] = extras.ToTheDoor ? "201" : "";
            trade["logistics_agreement"] = new JsonObject { ["asdp_biz_type"] = "logistics_upgrade", ["asdp_ads"] = extras.ToTheDoor ? "201" : "", ["logistics_service_msg"] = extras.Transit ?? "" };
        }
        if (extras.GiftSku is { } gift)
        {
            var details = trade["promotion_details"]?["promotion_detail"] as JsonArray ?? [];
            details.Add(new JsonObject
            {
                ["id"] = trade["tid"]!.DeepClone(), ["promotion_id"] = "mjs-1", ["promotion_name"] = "满就送", ["gift_item_name"] = gift, ["gift_item_num"] = "1",
            });
            if (details.Parent is null) trade["promotion_details"] = new JsonObject { ["promotion_detail"] = details };
        }
    }

    private static JsonObject Wrapped(string name, JsonObject item) => new() { [name] = new JsonArray(item) };
}
