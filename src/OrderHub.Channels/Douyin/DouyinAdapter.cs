using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Douyin;

internal sealed class DouyinAdapter(DouyinClient client) : IPlatformAdapter
{
    private const int PageSize = 100;
    private const long MostOrders = 10_000;
    private const long MostRefunds = 50_000;

    public ShopKind Kind => ShopKind.Douyin;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, MostOrders, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "order/searchList", new JsonObject
            {
                ["update_time_start"] = request.From.ToUnixTimeSeconds(),
                ["update_time_end"] = request.Until.ToUnixTimeSeconds(),
                ["order_by"] = "update_time",
                ["order_asc"] = true,
                ["page"] = request.Number,
                ["size"] = PageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(a.NeedObject("data"), "shop_order_list"));
        }, ct).Select(Document).Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "order/orderDetail", new JsonObject { ["shop_order_id"] = platformOrderNo }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("data").Find("shop_order_detail") is { IsObject: true } order ? Document(order) : null);
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, MostRefunds, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "afterSale/List", new JsonObject
            {
                ["update_start_time"] = request.From.ToUnixTimeSeconds(),
                ["update_end_time"] = request.Until.ToUnixTimeSeconds(),
                // without it the platform's polling loses rows
                ["order_by"] = new JsonArray("update_time asc"),
                ["page"] = request.Number,
                ["size"] = PageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(a.NeedObject("data"), "items"));
        }, ct).Select(r => RawDocuments.From(r, DouyinRefunds.Id, DouyinRefunds.Version)).Distinct();

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => DouyinOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => DouyinRefunds.Map(shopId, raw.Json);

    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        try
        {
            var (path, business) = shipment.PlatformLineNos.Count == 0 ? Whole(shipment) : await LinesAsync(shop, shipment, ct);
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

    private (string Path, JsonObject Business) Whole(ShipmentNotice shipment) => ("order/logisticsAdd", new()
    {
        ["order_id"] = shipment.PlatformOrderNo, ["company_code"] = Abilities.CourierCode(shipment.CourierCode), ["logistics_code"] = shipment.WaybillNo,
    });

    /// <summary>A part shipment names pieces, so the order is asked for its quantities first; with all of its lines it is a whole one.</summary>
    private async Task<(string Path, JsonObject Business)> LinesAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var order = await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) ?? throw new PlatformException("order.missing", "平台查不到该订单", isTransient: false);
        var all = MapOrder(shop.ShopId, order).Lines;
        var lines = all.Where(l => shipment.PlatformLineNos.Contains(l.PlatformLineNo)).ToArray();
        if (lines.Length == all.Count) return Whole(shipment);
        return ("order/logisticsAddSinglePack", new()
        {
            ["order_id_list"] = new JsonArray(shipment.PlatformOrderNo),
            ["shipped_order_info"] = new JsonArray([.. lines.Select(l => new JsonObject { ["shipped_order_id"] = l.PlatformLineNo, ["shipped_num"] = l.Quantity })]),
            ["company_code"] = Abilities.CourierCode(shipment.CourierCode),
            ["logistics_code"] = shipment.WaybillNo,
            // the same parcel again is the same request
            ["request_id"] = $"{shipment.PlatformOrderNo}-{shipment.WaybillNo}",
        });
    }

    private static ListPage Page(JsonReading data, string list) => new(data.NeedInteger("total"), data.Items(list));

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("order_id"), DouyinOrders.Version);

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
