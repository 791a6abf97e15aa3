using System.Globalization;

namespace OrderHub.Sandbox.Pinduoduo;

internal static class PddStock
{
    public static PopAnswer Update(PopCall call)
    {
        if (call.Need("goods_id", out var goodsText) is { } noGoods) return noGoods;
        if (call.Need("quantity", out var text) is { } noQuantity) return noQuantity;
        if (!long.TryParse(goodsText, NumberStyles.None, CultureInfo.InvariantCulture, out var goods)) return PopFault.Parameter("goods_id");
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)) return PopFault.Parameter("quantity");
        if (call.Number("update_type", 1, 1, 2, out var type) is { } badType) return badType;
        var listing = long.TryParse(call.Text("sku_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var sku)
            ? call.Market.Listings.FindById(SandboxPlatform.Pinduoduo, sku)
            : call.Text("outer_id") is { } code ? call.Market.Listings.Find(SandboxPlatform.Pinduoduo, code) : null;
        if (listing is null || listing.ProductId != goods) return PopFault.Business("商品或SKU不存在");
        if (type == 1 && quantity < 0) return PopFault.Parameter("quantity");
        if (type == 2 && call.Market.Stock.Of(SandboxPlatform.Pinduoduo, listing.SkuCode) + quantity < 0) return PopFault.Business("库存不足，不能扣减");
        call.Market.Stock.Change(SandboxPlatform.Pinduoduo, listing.SkuCode, q => type == 2 ? q + quantity : quantity);
        return new PopBody("goods_quantity_update_response", new() { ["is_success"] = true });
    }
}
