using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Taobao;

/// <summary>What the seller may answer to a refund. Each answer names the version it answers to; an older one is refused.</summary>
internal static class TaobaoRefundAnswers
{
    private const string ReturnAddressId = "1002003";
    private const int RefundsAtOnce = 30;
    private const long MostFenAtOnce = 1_000_000;

    /// <summary>refund_infos: refund_id|fen|version|phase, several by comma; each succeeds or fails for itself.</summary>
    public static TopAnswer Pay(TopCall call)
    {
        if (call.Need("refund_infos", out var text) is { } missing) return missing;
        var infos = text.Split(',').Select(i => i.Split('|')).ToArray();
        if (infos.Length > RefundsAtOnce || infos.Any(i => i.Length != 4 || !long.TryParse(i[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))) return TopFault.Invalid("refund_infos");
        if (infos.Sum(i => long.Parse(i[1], CultureInfo.InvariantCulture)) > MostFenAtOnce) return TopFault.Business("isv.refund-need-sms-code", "退款金额较大，请输入短信验证码");
        var results = infos.Select(i => (RefundId: i[0], Fault: PayOne(call, i))).ToArray();
        var failed = results.Count(r => r.Fault is not null);
        return new TopBody(new()
        {
            ["succ"] = failed == 0,
            ["msg_code"] = failed == 0 ? "OP_SUCC" : failed < results.Length ? "SOME_OP_SUCC" : "OP_FAILURE_UE",
            ["message"] = failed == 0 ? "操作成功" : "部分或全部退款失败",
            ["results"] = new JsonObject
            {
                ["refund_mapping_result"] = Gateway.Answers.Array(results, r => new JsonObject { ["refund_id"] = r.RefundId, ["succ"] = r.Fault is null, ["message"] = r.Fault ?? "" }),
            },
        });
    }

    public static TopAnswer TakeBack(TopCall call)
    {
        if (Open(call, out var order, out var refund) is { } fault) return fault;
        if (call.Text("seller_address_id") != ReturnAddressId) return TopFault.Business("isv.refund-address-not-exist", "退货地址不存在");
        if (call.Need("remark", out _) is { } noRemark) return noRemark;
        if (refund.Kind != SandboxRefundKind.ReturnGoods) return TopFault.Business("isv.refund-not-return-goods", "该退款不需要退货");
        call.Market.AgreeToReturn(SandboxPlatform.Taobao, order.No, refund.No);
        return new TopBody(new() { ["is_success"] = true });
    }

    public static TopAnswer Refuse(TopCall call)
    {
        if (Open(call, out var order, out var refund) is { } fault) return fault;
        if (call.Need("refuse_message", out var says) is { } noMessage) return noMessage;
        if (says.Length is < 2 or > 200) return TopFault.Invalid("refuse_message");
        // what was not shipped can only be refused by shipping it
        if (order.ShippedAt is null) return TopFault.Business("isv.refund-can-not-refuse-unconsigned", "卖家未发货，不能拒绝退款");
        call.Market.SettleRefund(SandboxPlatform.Taobao, refund.No, agreed: false);
        var settled = call.Market.Orders.FindRefund(SandboxPlatform.Taobao, refund.No)!.Value.Refund;
        return new TopBody(new()
        {
            ["is_success"] = true,
            ["refund"] = new JsonObject { ["refund_id"] = refund.No, ["status"] = TaobaoTrade.RefundStatus(settled), ["modified"] = Gateway.ChinaTime.Text(settled.ModifiedAt) },
        });
    }

    public static TopAnswer Addresses(TopCall call) => new TopBody(new()
    {
        ["addresses"] = new JsonObject
        {
            ["address_result"] = new JsonArray(new JsonObject
            {
                ["contact_id"] = long.Parse(ReturnAddressId, CultureInfo.InvariantCulture), ["contact_name"] = "售后组", ["province"] = "江苏省", ["city"] = "苏州市", ["country"] = "吴中区", ["addr"] = "东吴北路1号",
                ["zip_code"] = "215100", ["phone"] = "", ["mobile_phone"] = "19000000000", ["cancel_def"] = true, ["get_def"] = call.Text("rdef") != "cancel_def",
            }),
        },
    });

    private static string? PayOne(TopCall call, string[] info)
    {
        if (call.Market.Orders.FindRefund(SandboxPlatform.Taobao, info[0]) is not var (order, refund)) return "退款单不存在";
        if (Refusal(order, refund, info[2], info[3]) is { } fault) return fault.SubMsg;
        if (refund.AmountFen.ToString(CultureInfo.InvariantCulture) != info[1]) return "退款金额与申请不一致";
        if (refund is { Kind: SandboxRefundKind.ReturnGoods, State: SandboxRefundState.Applied }) return "买家尚未退货";
        return call.Market.SettleRefund(SandboxPlatform.Taobao, refund.No, agreed: true) ? null : "退款状态已变化";
    }

    private static TopFault? Open(TopCall call, out SandboxOrder order, out SandboxRefund refund)
    {
        (order, refund) = (null!, null!);
        if (call.Need("refund_id", out var id) is { } noId) return noId;
        if (call.Market.Orders.FindRefund(SandboxPlatform.Taobao, id) is not var (found, of)) return TopFault.Business("isv.refund-not-exist", "退款单不存在");
        (order, refund) = (found, of);
        return Refusal(found, of, call.Text("refund_version"), call.Text("refund_phase"));
    }

    private static TopFault? Refusal(SandboxOrder order, SandboxRefund refund, string? version, string? phase)
    {
        if (refund.State is SandboxRefundState.Refused or SandboxRefundState.Done) return TopFault.Business("isv.refund-status-error", "退款状态不允许该操作");
        if (version != TaobaoRefunds.Version(refund)) return TopFault.Business("isv.refund-version-error", "退款版本号错误，退款协议已被修改");
        return phase == TaobaoRefunds.Phase(order) ? null : TopFault.Business("isv.refund-phase-error", "退款阶段错误");
    }
}

internal static class TaobaoTokens
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>The token comes as a JSON text in the answer.</summary>
    public static TopAnswer Refresh(TopCall call)
    {
        if (call.Need("refresh_token", out var refresh) is { } missing) return missing;
        if (refresh != SandboxCredentials.Taobao.RefreshToken) return TopFault.Business("isv.refresh-token-invalid", "refresh_token无效");
        var token = new JsonObject
        {
            ["access_token"] = call.World.Tokens.Refresh(SandboxPlatform.Taobao), ["refresh_token"] = refresh, ["token_type"] = "Bearer",
            ["expire_time"] = (call.Now + Life).ToUnixTimeMilliseconds(), ["refresh_token_valid_time"] = (call.Now + Life).ToUnixTimeMilliseconds(),
        };
        return new TopBody(new() { ["token_result"] = token.ToJsonString(Gateway.Answers.Relaxed) });
    }
}
