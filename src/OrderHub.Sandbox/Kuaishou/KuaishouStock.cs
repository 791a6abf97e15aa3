using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Kuaishou;

/// <summary>Stock is told by changes: more (1) or fewer (2) by so much.</summary>
internal static class KuaishouStock
{
    private const long Most = 9_999_999;

    public static KuaishouAnswer Skus(KuaishouCall call) => call.Market.Listings.FindByProduct(SandboxPlatform.Kuaishou, call.Number("kwaiItemId")) is not { } listing ? KuaishouAnswer.Refused("商品不存在")
        : KuaishouAnswer.Success(new JsonArray(new JsonObject
        {
            ["kwaiSkuId"] = listing.PlatformSkuId, ["relSkuId"] = 0, ["kwaiItemId"] = listing.ProductId, ["skuNick"] = listing.SkuCode, ["specification"] = listing.Product.Spec,
            ["skuSalePrice"] = listing.Product.PriceFen, ["skuStock"] = call.Market.Stock.Of(SandboxPlatform.Kuaishou, listing.SkuCode),
        }));

    public static KuaishouAnswer Change(KuaishouCall call)
    {
        if (call.Market.Listings.FindById(SandboxPlatform.Kuaishou, call.Number("skuId")) is not { } listing || listing.ProductId != call.Number("kwaiItemId")) return KuaishouAnswer.Refused("商品或SKU不存在");
        var change = call.Number("skuChangeStock");
        if (change is <= 0 or > Most) return KuaishouAnswer.Refused("skuChangeStock无效");
        if (call.Number("changeType") is not (1 or 2)) return KuaishouAnswer.Refused("changeType无效");
        var signed = call.Number("changeType") == 1 ? (int)change : -(int)change;
        if (call.Market.Stock.Of(SandboxPlatform.Kuaishou, listing.SkuCode) + signed < 0) return KuaishouAnswer.Refused("当前库存不足，请减少预留数量");
        call.Market.Stock.Change(SandboxPlatform.Kuaishou, listing.SkuCode, q => q + signed);
        return KuaishouAnswer.Success(null);
    }
}
