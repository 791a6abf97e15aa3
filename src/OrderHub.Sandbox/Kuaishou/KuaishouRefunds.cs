using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaishou;

internal static class KuaishouRefunds
{
    private const int Asked = 10, ReturnAsked = 11, SellerRefused = 12, Done = 60;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public static int Status(SandboxRefund refund) => refund.State switch
    {
        SandboxRefundState.Applied => refund.Kind == SandboxRefundKind.ReturnGoods ? ReturnAsked : Asked,
        SandboxRefundState.Refused => SellerRefused,
        _ => Done,
    };

    public static KuaishouAnswer List(KuaishouCall call)
    {
        if (KuaishouPage.Read(call, "pcursor", LongestWindow, mostRows: 100, out var page) is { } refusal) return refusal;
        var byUpdate = call.Number("queryType", 1) == 2;
        var all = call.Market.Orders.RefundsBetween(SandboxPlatform.Kuaishou, page.Begin, byUpdate ? page.End : call.Now)
            .Select(r => (At: byUpdate ? r.Refund.ModifiedAt : r.Refund.CreatedAt, Row: r))
            .Where(r => page.Holds(r.At) && (call.Number("type") != 8 || r.Row.Refund.State == SandboxRefundState.Applied));
        var (rows, next) = page.Cut(all.Select(r => (new TimeStamp(r.At, r.Row.Refund.No), r.Row)));
        return KuaishouAnswer.Success(new JsonObject { ["refundOrderInfoList"] = Answers.Array(rows, r => Shape(r.Order, r.Refund)), ["pcursor"] = next, ["pageSize"] = page.Size });
    }

    public static KuaishouAnswer Detail(KuaishouCall call) => Find(call) is var (order, refund) ? KuaishouAnswer.Success(Shape(order, refund)) : NotFound;

    /// <summary>Money only: the amount, state and way must be those of the paper.</summary>
    public static KuaishouAnswer Approve(KuaishouCall call)
    {
        if (Find(call) is not var (_, refund)) return NotFound;
        if (refund.State != SandboxRefundState.Applied || call.Number("status") != Status(refund)) return Changed;
        if (refund.Kind == SandboxRefundKind.ReturnGoods || call.Number("refundHandingWay") != 10) return new(300008, "HANDING WAY ERROR");
        return call.Number("refundAmount") != refund.AmountFen ? KuaishouAnswer.Refused("退款金额不一致") : Settle(call, refund, agreed: true);
    }

    /// <summary>The played buyer's parcel is back at once, and the money with it.</summary>
    public static KuaishouAnswer ApproveReturn(KuaishouCall call)
    {
        if (Find(call) is not var (_, refund)) return NotFound;
        if (refund.State != SandboxRefundState.Applied) return Changed;
        return refund.Kind == SandboxRefundKind.ReturnGoods ? Settle(call, refund, agreed: true) : new(300008, "HANDING WAY ERROR");
    }

    public static KuaishouAnswer Reasons(KuaishouCall call) => Find(call) is null ? NotFound : KuaishouAnswer.Success(new JsonArray(
        new JsonObject { ["reasonCode"] = 31, ["reasonDesc"] = "商品影响二次销售", ["requiredRejectDesc"] = true, ["requiredRejectImage"] = true },
        new JsonObject { ["reasonCode"] = 32, ["reasonDesc"] = "与买家协商一致", ["requiredRejectDesc"] = true, ["requiredRejectImage"] = false }));

    public static KuaishouAnswer Reject(KuaishouCall call)
    {
        if (Find(call) is not var (_, refund)) return NotFound;
        if (refund.State != SandboxRefundState.Applied || call.Number("refundVersion") != KuaishouOrder.Millis(refund.ModifiedAt)) return Changed;
        if (call.Number("reasonCode") != 32 || call.Text("rejectDesc") is null) return KuaishouAnswer.Refused("拒绝原因、说明或凭证不完整");
        return Settle(call, refund, agreed: false);
    }

    private static KuaishouAnswer Settle(KuaishouCall call, SandboxRefund refund, bool agreed) =>
        call.Market.SettleRefund(SandboxPlatform.Kuaishou, refund.No, agreed) ? KuaishouAnswer.Success(null) : Changed;

    private static (SandboxOrder Order, SandboxRefund Refund)? Find(KuaishouCall call) => call.Text("refundId") is { } no ? call.Market.Orders.FindRefund(SandboxPlatform.Kuaishou, no) : null;

    private static KuaishouAnswer NotFound => new(300011, "REFUND ORDER NOT FOUND");

    private static KuaishouAnswer Changed => new(300014, "REFUND ORDER UPDATED");

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund) => new()
    {
        ["refundId"] = KuaishouOrder.Number(refund.No),
        ["oid"] = KuaishouOrder.Number(order.No),
        ["handlingWay"] = refund.Kind == SandboxRefundKind.ReturnGoods ? 1 : 10,
        ["status"] = Status(refund),
        ["negotiateStatus"] = refund.State switch
        {
            SandboxRefundState.Applied => 1,
            SandboxRefundState.Refused => 3,
            _ => 2,
        },
        ["refundType"] = 1,
        ["refundFee"] = refund.AmountFen,
        ["refundReason"] = 1,
        ["refundReasonDesc"] = refund.Reason,
        ["refundDesc"] = "",
        ["createTime"] = KuaishouOrder.Millis(refund.CreatedAt),
        ["submitTime"] = KuaishouOrder.Millis(refund.CreatedAt),
        ["updateTime"] = KuaishouOrder.Millis(refund.ModifiedAt),
        ["endTime"] = refund.State == SandboxRefundState.Done ? KuaishouOrder.Millis(refund.ModifiedAt) : 0,
        ["expireTime"] = KuaishouOrder.Millis(refund.CreatedAt.AddDays(2)),
        ["receiptStatus"] = order.SignedAt is null ? 1 : 2,
        ["itemId"] = order.Lines[0].ProductId,
        ["skuId"] = order.Lines[0].PlatformSkuId,
        ["skuNick"] = order.Lines[0].SkuCode,
        ["logisticsId"] = 0,
    };
}
