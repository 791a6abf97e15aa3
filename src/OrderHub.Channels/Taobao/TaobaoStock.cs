using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

internal static class TaobaoStock
{
    private const int ItemsAtOnce = 20;

    public static Task SetAsync(TaobaoClient client, ShopConnection shop, Listing listing, int quantity, CancellationToken ct) => IsWholeItem(listing)
        ? client.CallAsync(shop, "taobao.item.quantity.update", new Dictionary<string, string>
        {
            ["num_iid"] = listing.PlatformProductId, ["quantity"] = TaobaoClient.Text(quantity), ["type"] = "1",
        }, ct)
        : client.CallAsync(shop, "taobao.skus.quantity.update", new Dictionary<string, string>
        {
            ["num_iid"] = listing.PlatformProductId, ["skuid_quantities"] = $"{listing.PlatformSkuId}:{TaobaoClient.Text(quantity)}", ["type"] = "1",
        }, ct);

    /// <summary>Items the platform does not know, or that are not this shop's, are left out of its answer without a word.</summary>
    public static async Task<IReadOnlyList<int?>> ReadAsync(TaobaoClient client, ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct)
    {
        var shown = new Dictionary<(string Item, string Sku), int>();
        foreach (var items in listings.Select(l => l.PlatformProductId).Distinct().Chunk(ItemsAtOnce))
        {
            var answer = await client.CallAsync(shop, "taobao.items.seller.list.get", new Dictionary<string, string>
            {
                // asked for as sku, answered as skus
                ["num_iids"] = string.Join(',', items), ["fields"] = "num_iid,num,sku",
            }, ct);
            foreach (var (item, sku, quantity) in PlatformHttp.Read(answer, Rows)) shown[(item, sku)] = quantity;
        }
        return [.. listings.Select(l => shown.TryGetValue((l.PlatformProductId, IsWholeItem(l) ? "" : l.PlatformSkuId), out var quantity) ? quantity : (int?)null)];
    }

    /// <summary>A listing without SKUs is the item itself.</summary>
    private static bool IsWholeItem(Listing listing) => listing.PlatformSkuId.Length == 0 || listing.PlatformSkuId == listing.PlatformProductId;

    private static List<(string Item, string Sku, int Quantity)> Rows(JsonReading answer)
    {
        var rows = new List<(string, string, int)>();
        foreach (var item in answer.Wrapped("items", "item"))
        {
            rows.Add((item.Id("num_iid"), "", (int)item.Integer("num")));
            rows.AddRange(item.Wrapped("skus", "sku").Select(s => (item.Id("num_iid"), s.Id("sku_id"), (int)s.NeedInteger("quantity"))));
        }
        return rows;
    }
}
