using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.WeChat;

internal static class WeChatStock
{
    /// <summary>diff_type 1 adds, 2 takes away, 3 sets.</summary>
    public static JsonObject Update(WeChatCall call)
    {
        if (Find(call) is not { } listing) return NoProduct;
        if (!Incoming.TryInt(call.Text("num"), -1, out var number) || number < 0) return WeChatAnswer.Fault(10020055, "参数有误，请开发者按照文档传参");
        var shown = call.Market.Stock.Of(SandboxPlatform.WeChat, listing.SkuCode);
        switch (call.Text("diff_type"))
        {
            case "1" or "2" when number == 0: return WeChatAnswer.Fault(10020218, "增加减少数量为0");
            case "2" when shown < number: return WeChatAnswer.Fault(10020219, "库存不足以减扣");
            case "1": call.Market.Stock.Change(SandboxPlatform.WeChat, listing.SkuCode, q => q + number); break;
            case "2": call.Market.Stock.Change(SandboxPlatform.WeChat, listing.SkuCode, q => q - number); break;
            case "3": call.Market.Stock.Change(SandboxPlatform.WeChat, listing.SkuCode, _ => number); break;
            default: return WeChatAnswer.Fault(10020055, "参数有误，请开发者按照文档传参");
        }
        return WeChatAnswer.Ok();
    }

    public static JsonObject Get(WeChatCall call)
    {
        if (Find(call) is not { } listing) return NoProduct;
        var quantity = call.Market.Stock.Of(SandboxPlatform.WeChat, listing.SkuCode);
        var answer = WeChatAnswer.Ok();
        answer["data"] = new JsonObject { ["normal_stock_num"] = quantity, ["limited_discount_stock_num"] = 0, ["warehouse_stocks"] = new JsonArray(), ["total_stock_num"] = quantity };
        return answer;
    }

    private static JsonObject NoProduct => WeChatAnswer.Fault(10020052, "商品不存在");

    private static SandboxListing? Find(WeChatCall call) => long.TryParse(call.Text("sku_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var sku)
        && call.Market.Listings.FindById(SandboxPlatform.WeChat, sku) is { } listing && listing.ProductId.ToString(CultureInfo.InvariantCulture) == call.Text("product_id") ? listing : null;
}
