using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.WeChat;

/// <summary>Answers to an after-sale order. Agreeing to a return names one of the shop's addresses, refusing one of the platform's reasons.</summary>
internal static class WeChatRefundAnswers
{
    private const int TakeTheGoodsBack = 1;
    private const int PayBack = 2;

    public static async Task<JsonReading> FetchAsync(WeChatClient client, ShopConnection shop, string refundNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "channels/ec/aftersale/getaftersaleorder", new { after_sale_order_id = refundNo }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("after_sale_order"));
    }

    public static async Task AnswerAsync(WeChatClient client, ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var refund = await FetchAsync(client, shop, answer.RefundNo, ct);
        if (IsSo(refund, answer)) return;
        // versions are whole seconds plus what tells two changes of one second apart
        if (answer.Version > 0 && answer.Version / 1000 != PlatformHttp.Read(refund, WeChatRefunds.Version) / 1000)
            throw new PlatformException("refund.changed", "退款申请在平台上已有变化，请按新的内容重新处理", isTransient: false);
        try
        {
            await GiveAsync(client, shop, answer, refund, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            // an answer whose reply got lost is refused when it is given again
            if (!IsSo(await FetchAsync(client, shop, answer.RefundNo, ct), answer)) throw;
        }
    }

    private static bool IsSo(JsonReading refund, RefundAnswer answer) => PlatformHttp.Read(refund, WeChatRefunds.Status) is var status
        && (answer.Agree ? status is RefundStatus.Done or RefundStatus.Agreed : status == RefundStatus.Refused);

    private static Task GiveAsync(WeChatClient client, ShopConnection shop, RefundAnswer answer, JsonReading refund, CancellationToken ct) =>
        answer.Agree ? AgreeAsync(client, shop, answer, PlatformHttp.Read(refund, WeChatRefunds.Status), ct) : RefuseAsync(client, shop, answer, ct);

    private static async Task AgreeAsync(WeChatClient client, ShopConnection shop, RefundAnswer answer, RefundStatus status, CancellationToken ct)
    {
        var agreement = new Dictionary<string, object> { ["after_sale_order_id"] = answer.RefundNo };
        if (answer.Kind != RefundKind.RefundOnly && status != RefundStatus.Returning)
        {
            agreement["address_id"] = await ReturnAddressAsync(client, shop, ct);
            agreement["accept_type"] = TakeTheGoodsBack;
        }
        else if (status == RefundStatus.Returning)
        {
            agreement["accept_type"] = PayBack;
        }
        await client.CallAsync(shop, "channels/ec/aftersale/acceptapply", agreement, ct);
    }

    private static async Task RefuseAsync(WeChatClient client, ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var scene = answer.Kind switch
        {
            RefundKind.RefundOnly => 1,
            RefundKind.ReturnRefund => 4,
            _ => 5,
        };
        var known = await client.CallAsync(shop, "channels/ec/aftersale/rejectreason/get", new { }, ct);
        var reasons = PlatformHttp.Read(known, a => a.Items("reason_list").Where(r => r.Find("reject_scene") is null || r.Integer("reject_scene") == scene).ToList());
        // ours stands as text beside the kind; “other” fits any
        var kind = reasons.Find(r => r.Text("reject_reason_type_text").Contains("其他", StringComparison.Ordinal)) is { IsObject: true } other ? other
            : reasons.Count > 0 ? reasons[0] : throw new PlatformException("refund.no_reason", "平台没有可用的拒绝原因，请在商家后台处理", isTransient: false);
        await client.CallAsync(shop, "channels/ec/aftersale/rejectapply", new
        {
            after_sale_order_id = answer.RefundNo,
            reject_reason_type = PlatformHttp.Read(kind, k => k.NeedInteger("reject_reason_type")),
            reject_reason = answer.Reason.Length > 0 ? answer.Reason : kind.Text("reject_reason"),
        }, ct);
    }

    /// <summary>The default return address, or the first.</summary>
    private static async Task<string> ReturnAddressAsync(WeChatClient client, ShopConnection shop, CancellationToken ct)
    {
        var list = await client.CallAsync(shop, "channels/ec/merchant/address/list", new { offset = 0, limit = 20 }, ct);
        var ids = PlatformHttp.Read(list, a => a.Items("address_id_list").Select(i => i.Element.ToString()).ToList());
        foreach (var id in ids)
        {
            var address = await client.CallAsync(shop, "channels/ec/merchant/address/get", new { address_id = id }, ct);
            if (PlatformHttp.Read(address, a => a.NeedObject("address_detail").Flag("default_recv"))) return id;
        }
        return ids.Count > 0 ? ids[0] : throw new PlatformException("refund.no_return_address", "店铺没有退货地址，请先在平台后台设置", isTransient: false);
    }
}
