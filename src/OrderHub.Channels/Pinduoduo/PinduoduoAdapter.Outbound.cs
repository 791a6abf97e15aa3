using System.Text.Json;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Pinduoduo;

/// <summary>What goes to the platform: parcels, stock, memos, answers to refunds.</summary>
internal sealed partial class PinduoduoAdapter
{
    /// <summary>An order has one waybill here; those of further parcels are added for the buyer to see.</summary>
    public async Task ConfirmShipmentAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var courier = Abilities.CourierCode(shipment.CourierCode);
        try
        {
            await RefuseRefundedAsync(shop, shipment.PlatformOrderNo, ct);
            await client.CallAsync(shop, "pdd.logistics.online.send", "logistics_online_send_response", new Dictionary<string, string>
            {
                ["order_sn"] = shipment.PlatformOrderNo, ["logistics_id"] = courier, ["tracking_number"] = shipment.WaybillNo,
            }, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            if (await FetchOrderAsync(shop, shipment.PlatformOrderNo, ct) is not { } order) throw;
            var known = JsonReading.Map(order.Json, Waybills);
            if (!known.Contains(shipment.WaybillNo)) throw;
            if (shipment.Others.All(o => known.Contains(o.WaybillNo))) return;
        }
        if (shipment.Others.Count > 0) await AddParcelsAsync(shop, shipment, ct);
    }

    public Task SetStockAsync(ShopConnection shop, Listing listing, int quantity, CancellationToken ct) =>
        client.CallAsync(shop, "pdd.goods.quantity.update", "goods_quantity_update_response", new Dictionary<string, string>
        {
            ["goods_id"] = listing.PlatformProductId,
            ["sku_id"] = listing.PlatformSkuId,
            ["outer_id"] = listing.PlatformSkuId.Length == 0 ? listing.MerchantCode : "",
            ["quantity"] = Text(quantity),
            ["update_type"] = "1",
        }, ct);

    public async Task<IReadOnlyList<int?>> ReadStockAsync(ShopConnection shop, IReadOnlyList<Listing> listings, CancellationToken ct) =>
        await listings.ToAsyncEnumerable().InParallelAsync(CallsAtOnce, (listing, stop) => StockOfAsync(shop, listing, stop), ct).ToListAsync(ct);

    /// <summary>A flag must have a name of at most three characters; without a flag neither is sent.</summary>
    public async Task SetMemoAsync(ShopConnection shop, string platformOrderNo, string memo, int flag, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.order.note.update", "response", new Dictionary<string, string>
        {
            ["order_sn"] = platformOrderNo, ["note"] = memo, ["tag"] = flag == 0 ? "" : Text(flag), ["tag_name"] = FlagName(flag),
        }, ct);
        if (!answer.Flag("success")) throw new PlatformException(answer.TextOrNull("error_code") ?? "memo.refused", answer.TextOrNull("error_msg") ?? "平台未接受备注", isTransient: false);
    }

    /// <summary>The platform opens no call to refuse a refund: sellers do that on its pages.</summary>
    public async Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var asked = new Dictionary<string, string> { ["after_sales_id"] = answer.RefundNo, ["order_sn"] = answer.PlatformOrderNo };
        var refund = await client.CallAsync(shop, "pdd.refund.information.get", PinduoduoClient.NoRoot, asked, ct);
        var status = PlatformHttp.Read(refund, PinduoduoRefunds.Status);
        if (!answer.Agree)
        {
            if (status is RefundStatus.Refused or RefundStatus.Closed) return;
            throw new PlatformException("refund.refuse_on_page", "拼多多没有拒绝退款的接口，请在商家后台处理", isTransient: false);
        }
        if (status is RefundStatus.Agreed or RefundStatus.Done) return;
        // the call itself checks no version
        if (answer.Version > 0 && refund.Find("updated_time") is not null && PlatformHttp.Read(refund, PinduoduoRefunds.Version) != answer.Version)
            throw new PlatformException("refund.changed", "售后单已变更，请刷新后再处理", isTransient: false);
        var wantsReturn = refund.Integer("after_sales_status") == ReturnAsked;
        var request = new Dictionary<string, string>(asked) { ["operate_desc"] = answer.Reason };
        if (wantsReturn) request["return_address_id"] = await ReturnAddressAsync(shop, ct);
        var result = PlatformHttp.Read(await client.CallAsync(shop, wantsReturn ? "pdd.refund.returngoods.agree" : "pdd.refund.agree", "response",
            new Dictionary<string, string> { ["request"] = JsonSerializer.Serialize(request) }, ct, repeatable: false), a => a.NeedObject("result"));
        if (!result.Flag("succ") && !result.Flag("success")) throw new PlatformException("refund.refused", result.Text("message"), isTransient: false);
    }

    public async Task<FreshToken> RefreshTokenAsync(ShopConnection shop, string refreshToken, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.pop.auth.token.refresh", "pop_auth_token_refresh_response", new Dictionary<string, string> { ["refresh_token"] = refreshToken }, ct, asShop: false);
        return PlatformHttp.Read(answer, a => new FreshToken(a.NeedText("access_token"), a.TextOrNull("refresh_token"), a.UnixTime("expires_at") ?? clock.GetUtcNow().AddSeconds(a.NeedInteger("expires_in"))));
    }

    /// <summary>The platform asks for this look before every parcel.</summary>
    private async Task RefuseRefundedAsync(ShopConnection shop, string orderNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.refund.status.check", "refund_status_check_response", new Dictionary<string, string> { ["order_sns"] = orderNo }, ct);
        var refunded = PlatformHttp.Read(answer, a => a.Items("order_sns_exists_refund").Any(o => (o.IsObject ? o.Text("order_sn") : o.Element.ToString()) == orderNo));
        if (refunded) throw new PlatformException("refund.exists", "订单有退款,不能发货", isTransient: false);
    }

    private async Task AddParcelsAsync(ShopConnection shop, ShipmentNotice shipment, CancellationToken ct)
    {
        var parcels = shipment.Others.Select(o => new { shipping_id = long.Parse(Abilities.CourierCode(o.CourierCode), System.Globalization.CultureInfo.InvariantCulture), tracking_number = o.WaybillNo });
        await client.CallAsync(shop, "pdd.order.upload.extra.logistics", "upload_extra_logistics_response", new Dictionary<string, string>
        {
            ["order_sn"] = shipment.PlatformOrderNo, ["extra_track_type"] = "1", ["extra_track_list"] = JsonSerializer.Serialize(parcels),
        }, ct);
    }

    private async Task<int?> StockOfAsync(ShopConnection shop, Listing listing, CancellationToken ct)
    {
        try
        {
            if (listing.PlatformSkuId.Length > 0)
            {
                var sku = await client.CallAsync(shop, "pdd.goods.skus.get", "goods_sku_get_response", new Dictionary<string, string> { ["goods_id"] = listing.PlatformProductId, ["sku_id"] = listing.PlatformSkuId }, ct);
                return PlatformHttp.Read(sku, s => (int)s.NeedInteger("quantity"));
            }
            var goods = await client.CallAsync(shop, "pdd.goods.list.get", "goods_list_get_response", new Dictionary<string, string> { ["outer_id"] = listing.MerchantCode, ["page_size"] = Text(PageSize) }, ct);
            return PlatformHttp.Read(goods, g => g.Items("goods_list").SelectMany(x => x.Items("sku_list")).Where(s => s.Text("outer_id") == listing.MerchantCode)
                .Select(s => (int?)s.NeedInteger("sku_quantity")).FirstOrDefault());
        }
        catch (PlatformException e) when (e.Code == PinduoduoErrors.Business)
        {
            return null;
        }
    }

    private async Task<string> ReturnAddressAsync(ShopConnection shop, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "pdd.refund.address.list.get", "refund_address_list_get_response", new Dictionary<string, string>(), ct);
        var addresses = PlatformHttp.Read(answer, a => a.Items("refund_address_list"));
        var chosen = addresses.FirstOrDefault(a => a.Text("is_default") is "Y" or "1" or "true", addresses.FirstOrDefault());
        return chosen.TextOrNull("refund_address_id") ?? throw new PlatformException("refund.no_address", "店铺没有退货地址，请先在商家后台设置", isTransient: false);
    }

    private static HashSet<string> Waybills(JsonReading order) =>
        [.. order.Items("extra_delivery_list").Select(d => d.Text("tracking_number")).Append(order.Text("tracking_number")).Where(no => no.Length > 0)];

    private static string FlagName(int flag) => flag switch
    {
        1 => "红色",
        2 => "黄色",
        3 => "绿色",
        4 => "蓝色",
        5 => "紫色",
        _ => "",
    };
}
