using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Taobao;

internal sealed class TaobaoAdapter(TaobaoClient client) : IPlatformAdapter
{
    private const int PageSize = 50;
    private const int DetailsAtOnce = 6;

    /// <summary>The list's default leaves out several kinds of trade, so every one we sell as is named.</summary>
    private const string Types = "fixed,auction,guarantee_trade,auto_delivery,independent_simple_trade,independent_shop_trade,ec,cod,step,nopaid,pre_auth_type";

    public ShopKind Kind => ShopKind.Taobao;

    /// <summary>The platform allows a day and advises 30 min; its advice of 10 min overlap is for pulls minutes apart, ours are seconds or minutes apart.</summary>
    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        ListAsync(shop, "taobao.trades.sold.increment.get", "tid,status,modified", Types, "trades", "trade", from, until, ct)
            .Select(t => RawDocuments.From(t, x => x.Id("tid"), TaobaoOrders.DocumentVersion))
            .Distinct()
            .Chunk(PageSize)
            .SelectMany((page, stop) => NewsAsync(page, known, stop))
            .InParallelAsync(DetailsAtOnce, (listed, stop) => DetailAsync(shop, listed, stop), ct);

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return Document(await TradeAsync(shop, platformOrderNo, ct));
        }
        catch (PlatformException e) when (NotOfThisOrder(e))
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        ListAsync(shop, "taobao.refunds.receive.get", TaobaoRefunds.Fields, "", "refunds", "refund", from, until, ct)
            .Select(r => RawDocuments.From(r, x => x.Id("refund_id"), TaobaoRefunds.Version));

    public IncomingOrder MapOrder(int shopId, RawDocument raw) => TaobaoOrders.Map(shopId, raw.Json);

    public IncomingRefund MapRefund(int shopId, RawDocument raw) => TaobaoRefunds.Map(shopId, raw.Json);

    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var lines = string.Join(',', shipment.PlatformLineNos);
        var courier = Abilities.CourierCode(shipment.CourierCode);
        try
        {
            await client.CallAsync(shop, "taobao.logistics.offline.send", new Dictionary<string, string>
            {
                ["tid"] = shipment.PlatformOrderNo,
                ["out_sid"] = shipment.WaybillNo,
                ["company_code"] = courier,
                ["sub_tid"] = lines,
                ["is_split"] = lines.Length > 0 ? "1" : "",
            }, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            if (!await ShippedWithAsync(shop, shipment, ct)) throw;
        }
    }

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        var amount = quantity.ToString(CultureInfo.InvariantCulture);
        // a listing without SKUs is the item itself
        return listing.PlatformSkuId.Length == 0 || listing.PlatformSkuId == listing.PlatformProductId
            ? client.CallAsync(shop, "taobao.item.quantity.update", new Dictionary<string, string> { ["num_iid"] = listing.PlatformProductId, ["quantity"] = amount, ["type"] = "1" }, ct)
            : client.CallAsync(shop, "taobao.skus.quantity.update", new Dictionary<string, string>
            {
                ["num_iid"] = listing.PlatformProductId, ["skuid_quantities"] = $"{listing.PlatformSkuId}:{amount}", ["type"] = "1",
            }, ct);
    }

    private IAsyncEnumerable<JsonReading> ListAsync(ShopConnection shop, string method, string fields, string types, string outer, string inner,
        DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        WindowedList.ReadAsync(from, until, PageSize, mostRecords: long.MaxValue, async (request, stop) =>
        {
            var answer = await client.CallAsync(shop, method, new Dictionary<string, string>
            {
                ["fields"] = fields,
                ["type"] = types,
                ["start_modified"] = TaobaoClient.Time(request.From),
                ["end_modified"] = TaobaoClient.Time(request.Until),
                ["page_no"] = (request.Number + 1).ToString(CultureInfo.InvariantCulture),
                ["page_size"] = PageSize.ToString(CultureInfo.InvariantCulture),
                ["use_has_next"] = request.WantsTotal ? "false" : "true",
            }, stop);
            return PlatformHttp.Read(answer, a => new ListPage(request.WantsTotal ? a.NeedInteger("total_results") : 0, a.Wrapped(outer, inner)));
        }, ct);

    /// <summary>List and detail tell the same modification time, so what the overlap lists again needs no second look.</summary>
    private static async ValueTask<IEnumerable<RawDocument>> NewsAsync(RawDocument[] page, KnownDocuments known, CancellationToken ct)
    {
        var here = await known([.. page.Select(d => (d.ExternalId, d.Version))], ct);
        return page.Where(d => d.ExternalId.Length == 0 || !here.Contains(d.ExternalId));
    }

    private async Task<RawDocument> DetailAsync(ShopConnection shop, RawDocument asListed, CancellationToken ct)
    {
        if (asListed.ExternalId.Length == 0) return asListed;
        try
        {
            return Document(await TradeAsync(shop, asListed.ExternalId, ct));
        }
        catch (PlatformException e) when (NotOfThisOrder(e))
        {
            // one trade the platform will not show must not stop the others; it goes to quarantine with this reason
            return asListed with { Json = TaobaoOrders.Refusal(asListed.ExternalId, e) };
        }
    }

    private async Task<JsonReading> TradeAsync(ShopConnection shop, string tid, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "taobao.trade.fullinfo.get", new Dictionary<string, string> { ["tid"] = tid, ["fields"] = TaobaoOrders.Fields, ["include_oaid"] = "true" }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("trade"));
    }

    private async Task<bool> ShippedWithAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        if (await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) is not { } order) return false;
        return JsonReading.Map(order.Json, trade => trade.Wrapped("orders", "order")
            .Where(o => shipment.PlatformLineNos.Count == 0 || shipment.PlatformLineNos.Contains(o.Id("oid_str", "oid")))
            .Any(o => o.Text("invoice_no") == shipment.WaybillNo));
    }

    private static RawDocument Document(JsonReading trade) => RawDocuments.From(trade, x => x.Id("tid_str", "tid"), TaobaoOrders.DocumentVersion);

    private static bool NotOfThisOrder(PlatformException e) => !e.IsTransient && e.Code.StartsWith("isv.trade", StringComparison.Ordinal);
}
