using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Mall;

internal sealed class MallRefunds(WorldState world)
{
    public MallAnswer List(IQueryCollection query)
    {
        if (MallPage.Read(query, world.Clock.GetUtcNow(), out var page) is { } fault) return fault;
        var rows = world.Market.Orders.RefundsBetween(SandboxPlatform.Mall, page.After.At, page.Until)
            .Where(r => r.Refund.ModifiedAt <= page.Until && Stamp(r).CompareTo(page.After) > 0).Take(page.Size + 1).ToArray();
        var shown = rows.Take(page.Size).ToArray();
        return MallAnswer.Ok(new()
        {
            ["items"] = Answers.Array(shown, r => Shape(r.Order, r.Refund)),
            ["next_cursor"] = rows.Length > page.Size ? page.Cursor(Stamp(shown[^1])) : null,
            ["server_time"] = MallOrder.Time(world.Clock.GetUtcNow()),
        });
    }

    public MallAnswer Get(string no) => Find(no) is { } found ? MallAnswer.Ok(Shape(found.Order, found.Refund)) : MallAnswer.NotFound;

    public MallAnswer Decide(string no, string body)
    {
        if (Find(no) is not { } found) return MallAnswer.NotFound;
        var decision = Incoming.Object(body)?.Text("decision");
        if (decision is not ("agree" or "refuse")) return MallAnswer.Invalid("decision应为agree或refuse");
        var agreed = decision == "agree";
        if (!world.Market.SettleRefund(SandboxPlatform.Mall, no, agreed)) return MallAnswer.Conflict("退款已处理");
        return Get(no);
    }

    private (SandboxOrder Order, SandboxRefund Refund)? Find(string no) => world.Market.Orders.FindRefund(SandboxPlatform.Mall, no);

    private static TimeStamp Stamp((SandboxOrder Order, SandboxRefund Refund) row) => new(row.Refund.ModifiedAt, row.Order.No, row.Refund.No);

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund) => new()
    {
        ["refund_no"] = refund.No,
        ["version"] = refund.State == SandboxRefundState.Applied ? 1 : 2,
        ["order_no"] = order.No,
        ["line_id"] = MallOrder.LineId(order, refund.LineNo),
        ["type"] = refund.Kind == SandboxRefundKind.ReturnGoods ? "return_refund" : "refund_only",
        ["status"] = MallOrder.RefundState(refund),
        ["apply_amount"] = refund.AmountFen,
        ["refunded_amount"] = refund.State == SandboxRefundState.Done ? refund.AmountFen : 0,
        ["reason"] = refund.Reason,
        ["return_carrier"] = "",
        ["return_waybill"] = "",
        ["created_at"] = MallOrder.Time(refund.CreatedAt),
        ["updated_at"] = MallOrder.Time(refund.ModifiedAt),
    };
}
