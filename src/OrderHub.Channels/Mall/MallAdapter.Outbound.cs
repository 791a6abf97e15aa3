using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Mall;

/// <summary>
/// What goes to the mall. Two of these calls are additions of ours to its convention: <c>PUT /orders/{no}/memo {memo, flag}</c>, which
/// answers the order, and <c>GET /skus/{code}/stock</c>, which answers <c>{quantity, version}</c> as setting it does.
/// </summary>
internal sealed partial class MallAdapter
{
    private const int CallsAtOnce = 6;

    /// <summary>A parcel names its lines' pieces, so the order is asked for them first. The same parcel again has the same idempotency key.</summary>
    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var path = $"/orders/{Uri.EscapeDataString(shipment.PlatformOrderNo)}";
        var order = await client.GetAsync(shop, path, ct);
        if (PlatformHttp.Read(order, o => ShippedWith(o, shipment.WaybillNo))) return;
        var items = PlatformHttp.Read(order, o => o.NeedItems("lines")
            .Where(l => shipment.PlatformLineNos.Count == 0 || shipment.PlatformLineNos.Contains(l.Text("line_id")))
            .Select(l => new { line_id = l.NeedText("line_id"), qty = l.Quantity("qty") }).ToArray());
        var package = new { carrier_code = Abilities.CourierCode(shipment.CourierCode), waybill_no = shipment.WaybillNo, items };
        await client.PostAsync(shop, $"{path}/shipments", new { packages = new[] { package } }, $"ship-{shipment.PlatformOrderNo}-{shipment.WaybillNo}", ct);
    }

    /// <summary>The version is the time of our decision: the mall refuses one that is older than what it has, and then there is nothing left to do.</summary>
    public async Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        try
        {
            await client.PutAsync(shop, StockPath(listing), new { mode = "set", quantity, version = clock.GetUtcNow().ToUnixTimeMilliseconds() }, ct);
        }
        catch (PlatformException e) when (e.Code == MallClient.Conflict)
        {
            // a newer quantity of ours got there first
        }
    }

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(CallsAtOnce, (listing, stop) => StockOfAsync(shop, listing, stop), ct).ToListAsync(ct);

    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) =>
        client.PutAsync(shop, $"/orders/{Uri.EscapeDataString(platformOrderNo)}/memo", new { memo, flag }, ct);

    public async Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var refund = await FetchRefundAsync(shop, answer.RefundNo, ct) ?? throw new PlatformException(MallClient.NotFound, "商城查不到该退款单", isTransient: false);
        var status = MapRefund(shop.ShopId, refund).Status;
        if (answer.Agree ? status is RefundStatus.Agreed or RefundStatus.Done : status is RefundStatus.Refused or RefundStatus.Closed) return;
        // the decision carries no version of its own
        if (answer.Version > 0 && refund.Version != answer.Version) throw new PlatformException(MallClient.Conflict, "退款单已变更，请刷新后再处理", isTransient: false);
        var decision = answer.Agree ? "agree" : "refuse";
        await client.PostAsync(shop, $"/refunds/{Uri.EscapeDataString(answer.RefundNo)}/decision", new { decision, reason = answer.Reason, amount = answer.AmountFen },
            $"refund-{answer.RefundNo}-{decision}", ct, repeatable: false);
    }

    private async Task<int?> StockOfAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        try
        {
            return PlatformHttp.Read(await client.GetAsync(shop, StockPath(listing), ct), a => (int?)a.NeedInteger("quantity"));
        }
        catch (PlatformException e) when (e.Code == MallClient.NotFound)
        {
            return null;
        }
    }

    private static string StockPath(Listing listing) => $"/skus/{Uri.EscapeDataString(listing.MerchantCode.Length > 0 ? listing.MerchantCode : listing.PlatformSkuId)}/stock";

    private static bool ShippedWith(JsonReading order, string waybillNo) => order.Items("packages").Concat(order.Items("shipments")).Any(p => p.Text("waybill_no") == waybillNo);
}
