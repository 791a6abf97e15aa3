using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Taobao;

internal static class TaobaoStock
{
    private const int PairsAtOnce = 20;
    private const int ItemsAtOnce = 20;

    public static TopAnswer UpdateSkus(TopCall call)
    {
        if (call.NeedNumber("num_iid", out var item) is { } noItem) return noItem;
        if (Mode(call, out var increment) is { } badType) return badType;
        var byId = call.Text("skuid_quantities");
        if ((byId ?? call.Text("outerid_quantities")) is not { } text) return TopFault.Missing("skuid_quantities");
        var pairs = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')).ToArray();
        if (pairs.Length is 0 or > PairsAtOnce) return TopFault.Invalid(byId is null ? "outerid_quantities" : "skuid_quantities");

        var changes = new List<(SandboxListing Listing, int Quantity)>();
        foreach (var pair in pairs)
        {
            if (pair.Length != 2 || !int.TryParse(pair[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity))
                return TopFault.Invalid("skuid_quantities");
            var listing = byId is null ? call.Market.Listings.Find(SandboxPlatform.Taobao, pair[0])
                : long.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? call.Market.Listings.FindById(SandboxPlatform.Taobao, id) : null;
            if (listing is null || listing.ProductId != item) return TopFault.Business("isv.item-is-delete:invalid-numIid-or-iid", "商品或SKU不存在");
            if (!increment && quantity < 0) return TopFault.Business("isv.invalid-parameter:quantity", "全量更新的库存不能为负数");
            changes.Add((listing, quantity));
        }
        foreach (var (listing, quantity) in changes)
            call.Market.Stock.Change(SandboxPlatform.Taobao, listing.SkuCode, q => increment ? q + quantity : quantity);
        return Item(call, item, [.. changes.Select(c => c.Listing)]);
    }

    public static TopAnswer UpdateItem(TopCall call)
    {
        if (call.NeedNumber("num_iid", out var item) is { } noItem) return noItem;
        if (call.Need("quantity", out var text) is { } noQuantity) return noQuantity;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)) return TopFault.Invalid("quantity");
        if (Mode(call, out var increment) is { } badType) return badType;
        var listing = call.Text("sku_id") is { } sku && long.TryParse(sku, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? call.Market.Listings.FindById(SandboxPlatform.Taobao, id)
            : call.Text("outer_id") is { } code ? call.Market.Listings.Find(SandboxPlatform.Taobao, code)
            : call.Market.Listings.FindByProduct(SandboxPlatform.Taobao, item);
        if (listing is null || listing.ProductId != item) return TopFault.Business("isv.item-is-delete:invalid-numIid-or-iid", "商品或SKU不存在");
        var before = call.Market.Stock.Of(SandboxPlatform.Taobao, listing.SkuCode);
        if ((increment ? before + quantity : quantity) < 0) return TopFault.Business("isv.invalid-parameter:quantity", "库存不能小于0");
        call.Market.Stock.Change(SandboxPlatform.Taobao, listing.SkuCode, q => increment ? q + quantity : quantity);
        return Item(call, item, [listing]);
    }

    /// <summary>Unknown items are left out without a word. All SKUs are asked for as “sku”.</summary>
    public static TopAnswer Read(TopCall call)
    {
        if (call.Need("fields", out var fields) is { } noFields) return noFields;
        if (call.Need("num_iids", out var ids) is { } noItems) return noItems;
        var items = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (items.Length > ItemsAtOnce) return TopFault.Invalid("num_iids");
        var wanted = TaobaoTrades.Wanted(fields);
        var found = items.Select(i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? call.Market.Listings.FindByProduct(SandboxPlatform.Taobao, id) : null).OfType<SandboxListing>().ToArray();
        var body = new JsonObject();
        if (found.Length > 0) body["items"] = new JsonObject { ["item"] = Answers.Array(found, l => Shown(call, l, wanted)) };
        return new TopBody(body);
    }

    private static JsonObject Shown(TopCall call, SandboxListing listing, HashSet<string> wanted)
    {
        var quantity = call.Market.Stock.Of(SandboxPlatform.Taobao, listing.SkuCode);
        var item = Answers.Only(new JsonObject { ["num_iid"] = listing.ProductId, ["title"] = listing.Product.Title, ["num"] = quantity }, wanted);
        if (wanted.Contains("sku"))
            item["skus"] = new JsonObject { ["sku"] = Answers.Array([listing], l => new JsonObject { ["sku_id"] = l.PlatformSkuId, ["outer_id"] = l.SkuCode, ["quantity"] = quantity }) };
        return item;
    }

    private static TopFault? Mode(TopCall call, out bool increment)
    {
        var fault = call.Number("type", 1, 1, 2, out var type);
        increment = type == 2;
        return fault;
    }

    private static TopBody Item(TopCall call, long item, IReadOnlyList<SandboxListing> listings)
    {
        var modified = ChinaTime.Text(call.Now);
        var skus = Answers.Array(listings, l => new JsonObject
        {
            ["sku_id"] = l.PlatformSkuId, ["modified"] = modified, ["quantity"] = call.Market.Stock.Of(SandboxPlatform.Taobao, l.SkuCode),
        });
        return new TopBody(new()
        {
            ["item"] = new JsonObject
            {
                ["iid"] = item.ToString(CultureInfo.InvariantCulture),
                ["num_iid"] = item,
                ["modified"] = modified,
                ["num"] = listings.Sum(l => call.Market.Stock.Of(SandboxPlatform.Taobao, l.SkuCode)),
                ["skus"] = new JsonObject { ["sku"] = skus },
            },
        });
    }
}
