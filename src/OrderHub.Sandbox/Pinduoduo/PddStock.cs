using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

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

    public static PopAnswer OfSku(PopCall call)
    {
        if (call.Need("goods_id", out var goods) is { } noGoods) return noGoods;
        if (call.Need("sku_id", out var text) is { } noSku) return noSku;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sku)) return PopFault.Parameter("sku_id");
        if (call.Market.Listings.FindById(SandboxPlatform.Pinduoduo, sku) is not { } listing || listing.ProductId.ToString(CultureInfo.InvariantCulture) != goods) return PopFault.Business("商品或SKU不存在");
        return new PopBody("goods_sku_get_response", new()
        {
            ["goods_id"] = listing.ProductId, ["sku_id"] = sku, ["out_sku_sn"] = listing.SkuCode, ["is_onsale"] = 1,
            ["quantity"] = call.Market.Stock.Of(SandboxPlatform.Pinduoduo, listing.SkuCode), ["reserve_quantity"] = 0,
            ["multi_price"] = listing.Product.PriceFen, ["single_price"] = listing.Product.PriceFen,
        });
    }

    public static PopAnswer List(PopCall call)
    {
        if (call.Number("page", 1, 1, int.MaxValue, out var page) is { } badPage) return badPage;
        if (call.Number("page_size", 100, 1, 100, out var size) is { } badSize) return badSize;
        var wanted = call.Text("outer_id");
        var found = Page<SandboxListing>.Of([.. call.Market.Listings.Of(SandboxPlatform.Pinduoduo).Where(l => wanted is null || l.SkuCode == wanted)], page, size);
        return new PopBody("goods_list_get_response", new()
        {
            ["total_count"] = found.Total,
            ["goods_list"] = Answers.Array(found.Items, l => new JsonObject
            {
                ["goods_id"] = l.ProductId, ["goods_name"] = l.Product.Title, ["is_onsale"] = 1, ["is_more_sku"] = 0,
                ["sku_list"] = new JsonArray(new JsonObject
                {
                    ["sku_id"] = l.PlatformSkuId, ["outer_id"] = l.SkuCode, ["spec"] = l.Product.Spec, ["is_sku_onsale"] = 1,
                    ["sku_quantity"] = call.Market.Stock.Of(SandboxPlatform.Pinduoduo, l.SkuCode), ["reserve_quantity"] = 0,
                }),
            }),
        });
    }
}
