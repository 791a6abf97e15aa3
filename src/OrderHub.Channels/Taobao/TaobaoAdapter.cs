using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Taobao;

internal sealed class TaobaoAdapter(TaobaoClient client) : IPlatformAdapter
{
    private readonly TaobaoLists _lists = new(client);

    public ShopKind Kind => ShopKind.Taobao;

    /// <summary>The platform allows a day and advises 30 min; its advice of 10 min overlap is for pulls minutes apart, ours are seconds or minutes apart.</summary>
    public PlatformAbilities Abilities => PlatformTable.Of(Kind);

    public IAsyncEnumerable<RawDocument> PullOrdersAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, KnownDocuments known, CancellationToken ct) =>
        _lists.ModifiedTradesAsync(shop, from, until, ct)
            .Select(t => RawDocuments.From(t, x => x.Id("tid"), TaobaoOrders.DocumentVersion))
            .Distinct()
            .Chunk(TaobaoLists.PageSize)
            .SelectMany((page, stop) => NewsAsync(page, known, stop))
            .InParallelAsync(shop.AtOnce, (listed, stop) => DetailAsync(shop, listed, stop), ct);

    public async Task<RawDocument?> FetchOrderAsync(ShopConnection shop, string platformOrderNo, CancellationToken ct)
    {
        try
        {
            return Document(await TradeAsync(shop, platformOrderNo, ct));
        }
        catch (PlatformException e) when (IsAbout("isv.trade", e))
        {
            return null;
        }
    }

    public IAsyncEnumerable<RawDocument> PullRefundsAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.ModifiedRefundsAsync(shop, from, until, ct).Select(TaobaoRefunds.Document);

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

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct) => TaobaoStock.SetAsync(client, shop, listing, quantity, ct);

    public Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) => TaobaoStock.ReadAsync(client, shop, listings, ct);

    public IAsyncEnumerable<ListedOrder> ListCreatedAsync(ShopConnection shop, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        _lists.CreatedTradesAsync(shop, from, until, ct)
            .Select(t => PlatformHttp.Read(t, x => new ListedOrder(x.Id("tid_str", "tid"), x.NeedChinaTime("created"), TaobaoAmounts.Gross(x)).As(x, TaobaoOrders.Version, TaobaoOrders.Status)))
            .Distinct();

    public async Task<RawDocument?> FetchRefundAsync(ShopConnection shop, string refundNo, CancellationToken ct)
    {
        try
        {
            return TaobaoRefunds.Document(await TaobaoRefundAnswers.FetchAsync(client, shop, refundNo, ct));
        }
        catch (PlatformException e) when (IsAbout("isv.refund", e))
        {
            return null;
        }
    }

    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) => client.CallAsync(shop, "taobao.trade.memo.update",
        new Dictionary<string, string>
        {
            ["tid"] = platformOrderNo, ["memo"] = memo, ["flag"] = TaobaoClient.Text(flag),
            // an empty memo is only taken with this
            ["reset"] = memo.Length == 0 ? "true" : "",
        }, ct);

    public Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct) => TaobaoRefundAnswers.AnswerAsync(client, shop, answer, ct);

    public Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct) => TaobaoTokens.RefreshAsync(client, shop, refreshToken, ct);

    public Task<IReadOnlyList<PlatformMessage>> TakeMessagesAsync(ShopConnection shop, CancellationToken ct) => TaobaoMessages.TakeAsync(client, shop, ct);

    public Task ConfirmMessagesAsync(ShopConnection shop, IReadOnlyList<PlatformMessage> messages, CancellationToken ct) =>
        TaobaoMessages.ConfirmAsync(client, shop, [.. messages.Select(m => m.Id)], ct);

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
        catch (PlatformException e) when (IsAbout("isv.trade", e))
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

    private static bool IsAbout(string what, PlatformException e) => !e.IsTransient && e.Code.StartsWith(what, StringComparison.Ordinal);
}
