using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.WeChat;

/// <summary>WeChat shop (微信小店, formerly 视频号小店).</summary>
internal sealed class WeChatAdapter(WeChatClient client) : IPlatformAdapter
{
    private const int AtOnce = 6;
    private const int SetToThisQuantity = 3;
    private readonly WeChatLists _lists = new(client);

    public ShopKind Kind => ShopKind.WeChat;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    /// <summary>The list tells no version, so what the overlap lists again is fetched again.</summary>
    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        _lists.OrdersAsync(shop, "update_time_range", from, until, ct).InParallelAsync(shop.AtOnce, (no, stop) => DocumentAsync(shop, no, stop), ct);

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return WeChatOrders.Document(await OrderAsync(shop, platformOrderNo, ct));
        }
        catch (PlatformException e) when (WeChatErrors.IsAboutTheObject(e))
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.RefundsAsync(shop, from, until, ct)
            .InParallelAsync(shop.AtOnce, async (no, stop) => WeChatRefunds.Document(await WeChatRefundAnswers.FetchAsync(client, shop, no, stop)), ct);

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => WeChatOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => WeChatRefunds.Map(shopId, raw.Json);

    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var courier = Abilities.CourierCode(shipment.CourierCode);
        var order = await OrderAsync(shop, shipment.PlatformOrderNo, ct);
        if (WeChatShipments.IsOnItsWay(order, shipment.WaybillNo)) return;
        try
        {
            await WeChatShipments.SendAsync(client, shop, shipment, courier, order, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            if (!WeChatShipments.IsOnItsWay(await OrderAsync(shop, shipment.PlatformOrderNo, ct), shipment.WaybillNo)) throw;
        }
    }

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct) => client.CallAsync(shop, "channels/ec/product/stock/update",
        new { product_id = listing.PlatformProductId, sku_id = listing.PlatformSkuId, diff_type = SetToThisQuantity, num = quantity }, ct);

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(AtOnce, (listing, stop) => StockAsync(shop, listing, stop), ct).ToListAsync(ct);

    /// <summary>The list gives numbers only: time, status and amount are read order by order.</summary>
    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.OrdersAsync(shop, "create_time_range", from, until, ct).InParallelAsync(AtOnce, async (no, stop) =>
        {
            var order = await OrderAsync(shop, no, stop);
            return PlatformHttp.Read(order, o => new ListedOrder(no, o.NeedUnixTime("create_time"), o.Find("order_detail")?.Find("price_info")?.FenOrNull("order_price"))
                .As(o, WeChatOrders.Version, WeChatOrders.Status));
        }, ct);

    public async Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        try
        {
            return WeChatRefunds.Document(await WeChatRefundAnswers.FetchAsync(client, shop, refundNo, ct));
        }
        catch (PlatformException e) when (WeChatErrors.IsAboutTheObject(e))
        {
            return null;
        }
    }

    /// <summary>Notes have no colour here.</summary>
    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) =>
        client.CallAsync(shop, "channels/ec/order/merchantnotes/update", new { order_id = platformOrderNo, merchant_notes = memo }, ct);

    public Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct) => WeChatRefundAnswers.AnswerAsync(client, shop, answer, ct);

    public Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct) => client.TokenAsync(shop, refreshToken, ct);

    private async Task<RawDocument> DocumentAsync(ShopConnection shop, string orderId, CancellationToken ct)
    {
        try
        {
            return WeChatOrders.Document(await OrderAsync(shop, orderId, ct));
        }
        catch (PlatformException e) when (WeChatErrors.IsAboutTheObject(e))
        {
            // one order the platform will not show must not stop the others; it goes to quarantine with this reason
            return new(orderId, 0, WeChatOrders.Refusal(orderId, e));
        }
    }

    private async Task<JsonReading> OrderAsync(ShopConnection shop, string orderId, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "channels/ec/order/get", new { order_id = orderId }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("order"));
    }

    private async Task<int?> StockAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        try
        {
            var answer = await client.CallAsync(shop, "channels/ec/product/stock/get", new { product_id = listing.PlatformProductId, sku_id = listing.PlatformSkuId }, ct);
            return PlatformHttp.Read(answer, a => (int)a.NeedObject("data").NeedInteger("normal_stock_num"));
        }
        catch (PlatformException e) when (WeChatErrors.IsAboutTheObject(e))
        {
            return null;
        }
    }
}
