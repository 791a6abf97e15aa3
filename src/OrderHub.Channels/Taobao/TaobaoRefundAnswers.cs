using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Taobao;

/// <summary>
/// Answers to a refund. The platform wants the refund's own version and phase with each, so the refund is read first; what reads as
/// answered in this way already is done.
/// </summary>
internal static class TaobaoRefundAnswers
{
    private const int ShortestReason = 2;
    private const int LongestReason = 200;

    public static async Task<JsonReading> FetchAsync(TaobaoClient client, ShopConnection shop, string refundNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "taobao.refund.get", new Dictionary<string, string> { ["refund_id"] = refundNo, ["fields"] = TaobaoRefunds.Fields }, ct);
        return PlatformHttp.Read(answer, a => a.NeedObject("refund"));
    }

    public static async Task AnswerAsync(TaobaoClient client, ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var refund = await FetchAsync(client, shop, answer.RefundNo, ct);
        if (IsSo(refund, answer)) return;
        // versions are whole seconds plus what tells two changes of one second apart
        if (answer.Version > 0 && answer.Version / 1000 != PlatformHttp.Read(refund, TaobaoRefunds.Version) / 1000)
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

    private static bool IsSo(JsonReading refund, RefundAnswer answer) => PlatformHttp.Read(refund, TaobaoRefunds.Status) is var status
        && (answer.Agree ? status is RefundStatus.Done or RefundStatus.Agreed : status == RefundStatus.Refused);

    private static Task GiveAsync(TaobaoClient client, ShopConnection shop, RefundAnswer answer, JsonReading refund, CancellationToken ct) =>
        !answer.Agree ? RefuseAsync(client, shop, answer, refund, ct)
        : answer.Kind == RefundKind.RefundOnly || PlatformHttp.Read(refund, TaobaoRefunds.Status) == RefundStatus.Returning ? AgreeToPayAsync(client, shop, answer, refund, ct)
        : AgreeToReturnAsync(client, shop, answer, refund, ct);

    private static async Task AgreeToPayAsync(TaobaoClient client, ShopConnection shop, RefundAnswer answer, JsonReading refund, CancellationToken ct)
    {
        var reply = await client.CallAsync(shop, "taobao.rp.refunds.agree", new Dictionary<string, string>
        {
            ["refund_infos"] = $"{answer.RefundNo}|{TaobaoClient.Text(answer.AmountFen)}|{refund.Text("refund_version")}|{Phase(refund)}",
        }, ct);
        // above a certain sum the platform sends the seller a code by SMS and refuses: that is for a person in its back office
        var (done, code, says) = PlatformHttp.Read(reply, r => (r.Text("msg_code") == "OP_SUCC", r.Text("msg_code"),
            r.Wrapped("results", "refund_mapping_result").Select(x => x.Text("message")).FirstOrDefault(m => m.Length > 0) ?? r.Text("message")));
        if (!done) throw new PlatformException(code.Length > 0 ? code : "refund.not_agreed", says, isTransient: false);
    }

    private static async Task AgreeToReturnAsync(TaobaoClient client, ShopConnection shop, RefundAnswer answer, JsonReading refund, CancellationToken ct)
    {
        var found = await client.CallAsync(shop, "taobao.logistics.address.search", new Dictionary<string, string> { ["rdef"] = "cancel_def" }, ct);
        var to = PlatformHttp.Read(found, a => a.Wrapped("addresses", "address_result")) is [var address, ..] ? address
            : throw new PlatformException("refund.no_return_address", "店铺没有默认退货地址，请先在平台后台设置", isTransient: false);
        await client.CallAsync(shop, "taobao.rp.returngoods.agree", new Dictionary<string, string>
        {
            ["refund_id"] = answer.RefundNo, ["refund_version"] = refund.Text("refund_version"), ["refund_phase"] = Phase(refund),
            ["seller_address_id"] = to.Text("contact_id"), ["name"] = to.Text("contact_name"), ["mobile"] = to.Text("mobile_phone"), ["tel"] = to.Text("phone"), ["post"] = to.Text("zip_code"),
            ["address"] = to.Text("province") + to.Text("city") + to.Text("country") + to.Text("addr"),
            ["remark"] = answer.Reason.Length > 0 ? answer.Reason : "同意退货",
        }, ct);
    }

    private static Task RefuseAsync(TaobaoClient client, ShopConnection shop, RefundAnswer answer, JsonReading refund, CancellationToken ct)
    {
        if (answer.Reason.Length is < ShortestReason or > LongestReason)
            throw new PlatformException("refund.reason", $"拒绝理由需要{ShortestReason}到{LongestReason}个字", isTransient: false);
        return client.CallAsync(shop, "taobao.refund.refuse", new Dictionary<string, string>
        {
            ["refund_id"] = answer.RefundNo, ["refund_version"] = refund.Text("refund_version"), ["refund_phase"] = Phase(refund), ["refuse_message"] = answer.Reason,
        }, ct);
    }

    private static string Phase(JsonReading refund) => refund.TextOrNull("refund_phase") ?? "onsale";
}
