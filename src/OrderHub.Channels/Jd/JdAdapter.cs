using System.Globalization;
using System.Text.Json;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Jd;

internal sealed class JdAdapter(JdClient client, TimeProvider clock) : IPlatformAdapter
{
    private const int PageSize = 100;
    private const int RefundPageSize = 50;

    /// <summary>Sources differ on how deep pages go; 100 pages work everywhere, and 100 is also the documented end for refunds.</summary>
    private const int DeepestPage = 100;

    public ShopKind Kind => ShopKind.Jd;

    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, PageSize * DeepestPage, (request, stop) => SearchAsync(shop, request, stop), ct)
            .Concat(JdUnpaidOrders.ReadAsync(client, shop, from, until, ct))
            .Select(Document)
            .Distinct();

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.pop.order.get", new Dictionary<string, object>
        {
            ["order_id"] = long.TryParse(platformOrderNo, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : platformOrderNo,
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
        // a paper applied for in the window, or decided in it
        CancellationsAsync(shop, "applyTimeStart", "applyTimeEnd", from, until, ct)
            .Concat(CancellationsAsync(shop, "checkTimeStart", "checkTimeEnd", from, until, ct))
            .Concat(AfterSalesAsync(shop, "applyTimeBegin", "applyTimeEnd", from, until, ct))
            .Concat(AfterSalesAsync(shop, "approveTimeBegin", "approveTimeEnd", from, until, ct))
            .Select(r => RawDocuments.From(r, JdRefunds.Id, JdRefunds.Version))
            .Distinct();

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => JdOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => JdRefunds.Map(shopId, raw.Json);

    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var notice = new Dictionary<string, object>
        {
            ["orderId"] = shipment.PlatformOrderNo, ["logiCoprId"] = Abilities.CourierCode(shipment.CourierCode), ["logiNo"] = shipment.WaybillNo,
        };
        try
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.order.shipment", notice, ct);
            PlatformHttp.Read(answer, a => Checked(a.NeedObject("sopjosshipment_result")));
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

    public async Task<IReadOnlyList<PlatformException?>> SetStocksAsync(ShopConnection shop, IReadOnlyList<StockLevel> levels, CancellationToken ct) =>
        JdStocks.Outcomes(await client.CallAsync(shop, "jingdong.ware.stock.sku.set", JdStocks.Request(levels, clock.GetUtcNow()), ct), levels);

    private async Task<ListPage> SearchAsync(ShopConnection shop, ListRequest request, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.pop.order.search", new Dictionary<string, object>
        {
            ["start_date"] = JdClient.Time(request.From),
            ["end_date"] = JdClient.Time(request.Until),
            ["order_state"] = JdOrders.States,
            ["optional_fields"] = JdOrders.Fields,
            ["page"] = Text(request.Number + 1),
            ["page_size"] = Text(PageSize),
            ["sortType"] = 0,
            ["dateType"] = 0,
            ["source_id"] = "JOS",
        }, ct);
        return PlatformHttp.Read(answer, a =>
        {
            var result = a.NeedObject("searchorderinfo_result");
            if (result.Find("apiResult") is { } own) JdErrors.Check(own);
            return new ListPage(result.NeedInteger("orderTotal"), result.Items("orderInfoList"));
        });
    }

    private IAsyncEnumerable<JsonReading> CancellationsAsync(ShopConnection shop, string start, string end, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, RefundPageSize, RefundPageSize * DeepestPage, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "jingdong.pop.afs.soa.refundapply.queryPageList", new Dictionary<string, object>
            {
                [start] = JdClient.Time(request.From), [end] = JdClient.Time(request.Until), ["pageIndex"] = request.Number + 1, ["pageSize"] = RefundPageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(Checked(a.NeedObject("queryResult")), "result"));
        }, ct);

    private IAsyncEnumerable<JsonReading> AfterSalesAsync(ShopConnection shop, string start, string end, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, RefundPageSize, RefundPageSize * DeepestPage, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, "jingdong.asc.serviceAndRefund.view", new Dictionary<string, object>
            {
                [start] = JdClient.Time(request.From), [end] = JdClient.Time(request.Until), ["pageNumber"] = request.Number + 1, ["pageSize"] = RefundPageSize,
            }, stop);
            return PlatformHttp.Read(answer, a => Page(Checked(a.NeedObject("pageResult")), "data"));
        }, ct);

    private static ListPage Page(JsonReading result, string list) => new(result.Integer("totalCount"), result.Items(list));

    private static JsonReading Checked(JsonReading result)
    {
        JdErrors.Check(result);
        return result;
    }

    private static RawDocument Document(JsonReading order) => RawDocuments.From(order, x => x.Id("orderId"), JdOrders.Version);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
