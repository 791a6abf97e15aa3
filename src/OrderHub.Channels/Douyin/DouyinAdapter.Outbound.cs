using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

/// <summary>What goes to the platform: parcels, stock, memos, answers to refunds.</summary>
internal sealed partial class DouyinAdapter
{
    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var courier = Abilities.CourierCode(shipment.CourierCode);
        try
        {
            var (path, business) = shipment.PlatformLineNos.Count == 0 ? Whole(shipment, courier) : await LinesAsync(shop, shipment, courier, ct);
            await client.CallAsync(shop, path, business, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            if (await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) is not { } order
                || !JsonReading.Map(order.Json, o => o.Items("logistics_info").Any(l => l.Text("tracking_no") == shipment.WaybillNo))) throw;
        }
    }

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        var business = new JsonObject { ["stock_num"] = quantity, ["incremental"] = false };
        if (Number(listing.PlatformSkuId) is { } sku) business["sku_id"] = sku;
        else business["code"] = listing.MerchantCode;
        if (Number(listing.PlatformProductId) is { } product) business["product_id"] = product;
        return client.CallAsync(shop, "sku/syncStock", business, ct);
    }

    private (string Path, JsonObject Business) Whole(ShipmentNotice shipment, string courier) => ("order/logisticsAdd", new()
    {
        ["order_id"] = shipment.PlatformOrderNo, ["company_code"] = courier, ["logistics_code"] = shipment.WaybillNo,
    });

    /// <summary>A part shipment names pieces, so the order is asked for its quantities first; with all of its lines it is a whole one.</summary>
    private async Task<(string Path, JsonObject Business)> LinesAsync(ShopConnection shop, ShipmentNotice shipment, string courier, CancellationToken ct)
    {
        var order = await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) ?? throw new PlatformException("order.missing", "平台查不到该订单", isTransient: false);
        var all = MapOrder(shop.ShopId, order).Lines;
        var lines = all.Where(l => shipment.PlatformLineNos.Contains(l.PlatformLineNo)).ToArray();
        if (lines.Length == all.Count) return Whole(shipment, courier);
        return ("order/logisticsAddSinglePack", new()
        {
            ["order_id_list"] = new JsonArray(shipment.PlatformOrderNo),
            ["shipped_order_info"] = new JsonArray([.. lines.Select(l => new JsonObject { ["shipped_order_id"] = l.PlatformLineNo, ["shipped_num"] = l.Quantity })]),
            ["company_code"] = courier,
            ["logistics_code"] = shipment.WaybillNo,
            // the same parcel again is the same request
            ["request_id"] = $"{shipment.PlatformOrderNo}-{shipment.WaybillNo}",
        });
    }

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(DetailsAtOnce, (listing, stop) => StockOfAsync(shop, listing, stop), ct).ToListAsync(ct);

    /// <summary>The memo and its star are always set together; star 0 is the grey one that stands for none.</summary>
    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) =>
        client.CallAsync(shop, "order/addOrderRemark", new JsonObject { ["order_id"] = platformOrderNo, ["remark"] = memo, ["is_add_star"] = "true", ["star"] = Stars(flag) }, ct);

    public async Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "token/refresh", new JsonObject { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, ct, asShop: false);
        var data = PlatformHttp.Read(answer, a => a.NeedObject("data"));
        return PlatformHttp.Read(data, d => new FreshToken(d.NeedText("access_token"), d.TextOrNull("refresh_token"), clock.GetUtcNow().AddSeconds(d.NeedInteger("expires_in"))));
    }

    private async Task<int?> StockOfAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        try
        {
            var asked = Number(listing.PlatformSkuId) is { } sku ? new JsonObject { ["sku_id"] = sku } : new JsonObject { ["code"] = listing.MerchantCode };
            var answer = await client.CallAsync(shop, "sku/stockNum", asked, ct);
            return PlatformHttp.Read(answer, a => (int?)a.NeedObject("data").IntegerOrNull("stock_num"));
        }
        catch (PlatformException e) when (DouyinErrors.IsUnknown(e))
        {
            return null;
        }
    }

    /// <summary>Theirs: 1 purple, 2 cyan, 3 green, 4 orange, 5 red.</summary>
    private static string Stars(int flag) => flag switch
    {
        1 => "5",
        2 => "4",
        3 => "3",
        4 => "2",
        5 => "1",
        _ => "0",
    };

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
