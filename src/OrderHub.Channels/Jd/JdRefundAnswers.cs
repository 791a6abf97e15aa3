using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Jd;

/// <summary>Answers to a buyer's cancellation. After-sale service papers reach us only when they are finished; JD's own desk answers those.</summary>
internal static class JdRefundAnswers
{
    private const int Agreed = 1;
    private const int Refused = 2;
    private const int ForOtherReasons = 5;

    public static async Task AnswerAsync(JdClient client, ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        if (answer.Kind != RefundKind.RefundOnly) throw new PlatformException("refund.service_desk", "京东的退换货服务单请在商家后台处理", isTransient: false);
        var (status, version) = await ReadAsync(client, shop, answer.RefundNo, ct);
        if (IsSo(status, answer)) return;
        // versions are whole seconds plus what tells two changes of one second apart
        if (answer.Version > 0 && answer.Version / 1000 != version / 1000)
            throw new PlatformException("refund.changed", "退款申请在平台上已有变化，请按新的内容重新处理", isTransient: false);
        try
        {
            await GiveAsync(client, shop, answer, ct);
        }
        catch (PlatformException e) when (!e.IsTransient)
        {
            // an answer whose reply got lost is refused when it is given again
            if (!IsSo((await ReadAsync(client, shop, answer.RefundNo, ct)).Status, answer)) throw;
        }
    }

    private static bool IsSo(RefundStatus status, RefundAnswer answer) => answer.Agree ? status is RefundStatus.Agreed or RefundStatus.Done : status == RefundStatus.Refused;

    private static async Task GiveAsync(JdClient client, ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var reply = new Dictionary<string, object>
        {
            ["id"] = answer.RefundNo, ["status"] = answer.Agree ? Agreed : Refused, ["checkUserName"] = "OrderHub",
            ["remark"] = answer.Reason.Length > 0 ? answer.Reason : answer.Agree ? "同意" : "不同意",
            // has it left the warehouse: a cancellation is refused because it has
            ["outWareStatus"] = answer.Agree ? 2 : 1,
        };
        if (!answer.Agree) reply["rejectType"] = ForOtherReasons;
        var result = await client.CallAsync(shop, "jingdong.pop.afs.soa.refundapply.replyRefund", reply, ct);
        PlatformHttp.Read(result, a => JdErrors.Checked(a.NeedObject("replyResult")));
    }

    private static async Task<(RefundStatus Status, long Version)> ReadAsync(JdClient client, ShopConnection shop, string refundNo, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "jingdong.pop.afs.soa.refundapply.queryPageList", new Dictionary<string, object> { ["ids"] = refundNo, ["pageIndex"] = 1, ["pageSize"] = 10 }, ct);
        return PlatformHttp.Read(answer, a => JdErrors.Checked(a.NeedObject("queryResult")).Items("result").Where(r => r.Text("id") == refundNo)
            .Select(r => ((RefundStatus, long)?)(JdRefunds.CancellationStatus(r), JdRefunds.Version(r))).FirstOrDefault())
            ?? throw new PlatformException("refund.unknown", "平台没有这张退款申请", isTransient: false);
    }
}
