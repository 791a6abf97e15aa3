using System.Text.Json.Nodes;

namespace OrderHub.Sandbox.Douyin;

internal static class DouyinStock
{
    public static DouyinAnswer Sync(DouyinCall call)
    {
        if (call.Number("stock_num") is not { } quantity) return DouyinAnswer.MissingBusiness("stock_num");
        var increment = call.Text("incremental") == "true";
        if (increment && call.Text("idempotent_id") is null) return DouyinAnswer.MissingBusiness("idempotent_id");
        if (quantity is < -1_000_000 or > 1_000_000 || (!increment && quantity < 0)) return DouyinAnswer.Invalid("isv.parameter-invalid", "stock_num超出范围");
        var listing = call.Number("sku_id") is { } sku and not 0 ? call.Market.Listings.FindById(SandboxPlatform.Douyin, sku)
            : call.Text("code") is { } code ? call.Market.Listings.Find(SandboxPlatform.Douyin, code) : null;
        if (listing is null || (call.Number("product_id") is { } product and not 0 && product != listing.ProductId))
            return DouyinAnswer.Business("sku-not-exist", "商品或SKU不存在");
        if (increment && call.Market.Stock.Of(SandboxPlatform.Douyin, listing.SkuCode) + quantity < 0)
            return DouyinAnswer.Business("stock-not-enough", "库存不足");
        call.Market.Stock.Change(SandboxPlatform.Douyin, listing.SkuCode, q => (int)(increment ? q + quantity : quantity));
        return DouyinAnswer.Success(new JsonObject());
    }

    public static DouyinAnswer Of(DouyinCall call)
    {
        var listing = call.Number("sku_id") is { } sku and not 0 ? call.Market.Listings.FindById(SandboxPlatform.Douyin, sku)
            : call.Text("code") is { } code ? call.Market.Listings.Find(SandboxPlatform.Douyin, code) : null;
        if (listing is null) return DouyinAnswer.Business("sku-not-exist", "商品或SKU不存在");
        var quantity = call.Market.Stock.Of(SandboxPlatform.Douyin, listing.SkuCode);
        return DouyinAnswer.Success(new JsonObject
        {
            ["sku_id"] = listing.PlatformSkuId, ["out_sku_id"] = 0, ["code"] = listing.SkuCode, ["sku_type"] = 0, ["stock_num"] = quantity, ["normal_stock_num"] = quantity, ["prehold_stock_num"] = 0,
        });
    }
}
