using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Kuaishou;

/// <summary>What goes to the platform: parcels, stock, memos, answers to refunds.</summary>
internal sealed partial class KuaishouAdapter
{
    private const int WhollyShipped = 40;
    private const int More = 1;
    private const int Fewer = 2;

    /// <summary>Presents are orders of their own that only the split call can ship, in the same parcel.</summary>
    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var courier = int.Parse(Abilities.CourierCode(shipment.CourierCode), CultureInfo.InvariantCulture);
        var order = await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) ?? throw new PlatformException("order.missing", "平台查不到该订单", isTransient: false);
        if (JsonReading.Map(order.Json, o => o.ObjectsIn("orderLogisticsInfo").Any(l => l.Text("expressNo") == shipment.WaybillNo))) return;
        var oid = NeedNumber(shipment.PlatformOrderNo);
        var lines = MapOrder(shop.ShopId, order).Lines;
        if (lines.Any(l => l.IsGift)) await ShipSplitAsync(shop, oid, courier, shipment.WaybillNo, [.. lines.Select(l => (l.IsGift ? NeedNumber(l.PlatformLineNo) : oid, l.Quantity))], ct);
        else await client.PostAsync(shop, "open.seller.order.goods.deliver", new JsonObject { ["orderId"] = oid, ["expressNo"] = shipment.WaybillNo, ["expressCode"] = courier }, ct);
    }

    /// <summary>
    /// The platform knows only changes, so what it shows is read first and the difference sent. A purchase in between stays counted. A broken
    /// connection is never repeated here: the next try reads anew.
    /// </summary>
    public async Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct)
    {
        var shown = await ShownAsync(shop, listing, ct) ?? throw new PlatformException("sku.missing", "平台查不到该商品规格", isTransient: false);
        if (shown == quantity) return;
        await client.PostAsync(shop, "open.item.sku.stock.update", new JsonObject
        {
            ["kwaiItemId"] = NeedNumber(listing.PlatformProductId),
            ["skuId"] = NeedNumber(listing.PlatformSkuId),
            ["skuChangeStock"] = Math.Abs(quantity - shown),
            ["changeType"] = quantity > shown ? More : Fewer,
        }, ct, repeatable: false);
    }

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(CallsAtOnce, (listing, stop) => StockOfAsync(shop, listing, stop), ct).ToListAsync(ct);

    /// <summary>The platform adds notes and shows the newest first; its flags are numbered as ours.</summary>
    public Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct) =>
        client.PostAsync(shop, "open.seller.order.note.add", new JsonObject { ["orderId"] = NeedNumber(platformOrderNo), ["note"] = memo, ["flag"] = flag }, ct);

    public async Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var refund = await RefundAsync(shop, answer.RefundNo, ct);
        var (kind, status, version, state) = PlatformHttp.Read(refund, r => (KuaishouRefunds.Kind(r), KuaishouRefunds.Status(r), KuaishouRefunds.Version(r), r.Integer("status")));
        if (answer.Agree ? status is RefundStatus.Agreed or RefundStatus.Done : status is RefundStatus.Refused or RefundStatus.Closed) return;
        if (status is RefundStatus.Done or RefundStatus.Closed or RefundStatus.Refused or RefundStatus.Agreed) throw new PlatformException("300014", "退款单状态已更新，请刷新重试", isTransient: false);
        if (answer.Version > 0 && answer.Version != version) throw new PlatformException("300014", "退款单状态已更新，请刷新重试", isTransient: false);
        var id = NeedNumber(answer.RefundNo);
        if (!answer.Agree) await RefuseAsync(shop, id, answer.Reason, version, ct);
        else if (status == RefundStatus.Returning) await client.PostAsync(shop, "open.seller.order.refund.confirm.receipt", new JsonObject { ["refundId"] = id, ["status"] = state }, ct, repeatable: false);
        // without an address the shop's default one for returns is used; the amount is only compared, and 0 for exchanges
        else if (kind != RefundKind.RefundOnly) await client.PostAsync(shop, "open.seller.order.refund.returngoods.approve", new JsonObject { ["refundId"] = id, ["refundAmount"] = kind == RefundKind.Exchange ? 0 : refund.Fen("refundFee") }, ct, repeatable: false);
        else
        {
            await client.PostAsync(shop, "open.seller.order.refund.approve", new JsonObject
            {
                ["refundId"] = id, ["refundAmount"] = refund.Fen("refundFee"), ["status"] = state, ["negotiateStatus"] = refund.Integer("negotiateStatus"), ["refundHandingWay"] = 10,
            }, ct, repeatable: false);
        }
    }

    /// <summary>The old refresh token ends within minutes of the new one: both are to be kept at once.</summary>
    public async Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct)
    {
        var answer = await client.OAuthAsync(shop, "/oauth2/refresh_token", new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["app_id"] = shop.AppKey, ["app_secret"] = KuaishouSigning.AppSecret(shop),
        }, ct);
        return PlatformHttp.Read(answer, a => new FreshToken(a.NeedText("access_token"), a.TextOrNull("refresh_token"), clock.GetUtcNow().AddSeconds(a.NeedInteger("expires_in"))));
    }

    private Task ShipSplitAsync(ShopConnection shop, long oid, int courier, string waybillNo, IReadOnlyList<(long Oid, int Quantity)> goods, CancellationToken ct) =>
        client.PostAsync(shop, "open.order.goods.split.deliver", new JsonObject
        {
            ["mainOrderId"] = oid,
            ["deliveryItemInfoList"] = new JsonArray(new JsonObject
            {
                ["expressCode"] = courier, ["expressNo"] = waybillNo,
                ["deliveryGoodsInfoList"] = new JsonArray([.. goods.Select(g => new JsonObject { ["oid"] = g.Oid, ["deliveryNum"] = g.Quantity })]),
            }),
            ["deliveryStatus"] = new JsonArray([.. goods.Select(g => new JsonObject { ["oid"] = g.Oid, ["confirmDeliveryStatus"] = WhollyShipped })]),
        }, ct);

    private async Task<int?> StockOfAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        try
        {
            return await ShownAsync(shop, listing, ct);
        }
        catch (PlatformException e) when (KuaishouErrors.IsUnknown(e))
        {
            return null;
        }
    }

    private async Task<int?> ShownAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        var answer = await client.GetAsync(shop, "open.item.sku.list.get", new JsonObject { ["kwaiItemId"] = NeedNumber(listing.PlatformProductId) }, ct);
        return PlatformHttp.Read(answer, a => a.Items("data").Where(s => s.Text("kwaiSkuId") == listing.PlatformSkuId).Select(s => (int?)s.NeedInteger("skuStock")).FirstOrDefault());
    }

    /// <summary>A refusal names one of the platform's reasons: the one in our words, else the first that asks for no picture.</summary>
    private async Task RefuseAsync(ShopConnection shop, long refundId, string why, long version, CancellationToken ct)
    {
        var answer = await client.GetAsync(shop, "open.refund.reject.reason", new JsonObject { ["refundId"] = refundId }, ct);
        var reasons = PlatformHttp.Read(answer, a => a.Items("data")).Where(r => !r.Flag("requiredRejectImage")).ToArray();
        if (reasons.Length == 0) throw new PlatformException("refund.evidence_needed", "拒绝该售后单需要上传图片，请在快手小店后台处理", isTransient: false);
        var reason = reasons.FirstOrDefault(r => r.Text("reasonDesc") == why, reasons[0]);
        await client.PostAsync(shop, "open.refund.reject", new JsonObject
        {
            ["refundId"] = refundId, ["reasonCode"] = reason.NeedInteger("reasonCode"), ["rejectDesc"] = why.Length > 0 ? why : reason.Text("reasonDesc"), ["refundVersion"] = version,
        }, ct, repeatable: false);
    }
}
