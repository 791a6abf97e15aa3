using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Jd;

/// <summary>The seller's answer to a cancellation: 1 agreed, 2 refused, 6 agreed and stopped on the way, 9 closed by force, 10 to be followed.</summary>
internal static class JdRefundAnswers
{
    public static JsonObject Reply(JdCall call)
    {
        if (call.Text("id") is not { } id || call.Text("status") is not { } status || call.Text("checkUserName") is null) return Result("id、status、checkUserName不能为空");
        if (status is not ("1" or "2" or "6" or "9" or "10")) return Result("status不支持");
        if (status != "9" && call.Text("remark") is null) return Result("审核备注不能为空");
        if (call.Text("outWareStatus") is not ("1" or "2")) return Result("outWareStatus应为1或2");
        if (status == "2" && (!Incoming.TryInt(call.Text("rejectType"), 0, out var type) || type is < 1 or > 6)) return Result("审核不通过时rejectType必填");
        if (call.Market.Orders.FindRefund(SandboxPlatform.Jd, id) is not { Refund: { Kind: SandboxRefundKind.BeforeShipping } refund }) return Result("退款申请单不存在");
        if (refund.State != SandboxRefundState.Applied) return Result("退款申请单已审核");
        if (status == "10") return Result(null);
        return Result(call.Market.SettleRefund(SandboxPlatform.Jd, id, agreed: status != "2") ? null : "退款申请单已审核");
    }

    private static JsonObject Result(string? fault) => new()
    {
        ["replyResult"] = new JsonObject { ["success"] = fault is null, ["errorCode"] = fault is null ? "0" : "10600001", ["message"] = fault ?? "" },
    };
}
