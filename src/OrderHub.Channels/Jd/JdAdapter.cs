using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Jd;

/// <remarks>No fetch of a single refund is declared: the service papers after shipping can only be listed by time or order.</remarks>
internal sealed class JdAdapter(JdClient client, JdTokens tokens, TimeProvider clock) : IPlatformAdapter
{
    private readonly JdLists _lists = new(client);

    public ShopKind Kind => ShopKind.Jd;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        _lists.ModifiedOrdersAsync(shop, from, until, ct)
            .Concat(JdUnpaidOrders.ReadAsync(client, shop, from, until, ct))
            .Select(Document)
            .Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.pop.order.get", new Dictionary<string, object>
        {
            ["order_id"] = Number(platformOrderNo),
            ["optional_fields"] = JdOrders.Fields,
            ["source_id"] = "JOS",
        }, ct);
        return PlatformHttp.Read(answer, a =>
        {
            var detail = a.NeedObject("orderDetailInfo");
            // an order that does not exist comes as a business refusal; there is no documented code for it, and no order either
            return detail.Find("orderInfo") is { IsObject: true } order ? Document(order) : null;
        });
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.RefundsAsync(shop, from, until, ct).Select(r => RawDocuments.From(r, JdRefunds.Id, JdRefunds.Version)).Distinct();

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => JdOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => JdRefunds.Map(shopId, raw.Json);

    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        // couriers stand between bars, the waybills of one courier between commas
        var byCourier = shipment.Others.Prepend((shipment.CourierCode, shipment.WaybillNo)).GroupBy(w => w.CourierCode, w => w.WaybillNo).ToList();
        var notice = new Dictionary<string, object>
        {
            ["orderId"] = shipment.PlatformOrderNo, ["logiCoprId"] = string.Join('|', byCourier.Select(c => Abilities.CourierCode(c.Key))), ["logiNo"] = string.Join('|', byCourier.Select(c => string.Join(',', c))),
        };
        try
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.order.shipment", notice, ct);
            PlatformHttp.Read(answer, a => JdErrors.Checked(a.NeedObject("sopjosshipment_result")));
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            if (await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) is not { } order
                || !JsonReading.Map(order.Json, o => o.Text("waybill").Split('|', ',').Contains(shipment.WaybillNo))) throw;
        }
    }

    public async Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        if (await SetStocksAsync(shop, [new(listing, quantity)], ct) is [{ } refused]) throw refused;
    }

    public Task<IReadOnlyList<PlatformException?>> SetStocksAsync(ShopConnection shop, IReadOnlyList<StockLevel> levels, CancellationToken ct) => JdStock.SetAsync(client, shop, levels, clock.GetUtcNow(), ct);

    public Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) => JdStock.ReadAsync(client, shop, listings, ct);

    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.CreatedOrdersAsync(shop, from, until, ct)
            .Select(o => PlatformHttp.Read(o, x => new ListedOrder(x.Id("orderId"), x.NeedChinaTime("orderStartTime"), JdAmounts.Gross(x)).As(x, JdOrders.Version, JdOrders.Status)))
            .DistinctBy(o => o.PlatformOrderNo);

    /// <summary>The colour goes there but never comes back: no list tells it.</summary>
    public async Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.pop.order.modifyVenderRemark", new Dictionary<string, object> { ["order_id"] = Number(platformOrderNo), ["flag"] = flag, ["remark"] = memo }, ct);
        PlatformHttp.Read(answer, a => JdErrors.Checked(a.NeedObject("modifyvenderremark_result")));
    }

    public Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct) => JdRefundAnswers.AnswerAsync(client, shop, answer, ct);

    public Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct) => tokens.RefreshAsync(shop, refreshToken, ct);

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("orderId"), JdOrders.Version);

    private static object Number(string orderNo) => long.TryParse(orderNo, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : orderNo;
}
