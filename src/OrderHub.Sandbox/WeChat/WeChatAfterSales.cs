using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.WeChat;

internal static class WeChatAfterSales
{
    private const string ReturnAddress = "12345";
    private const int PageSize = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly (int Type, string Text, int Scene)[] Reasons = [(4, "包裹在买家发起售后时已发出", 1), (6, "买家误操作/已协商取消申请", 1), (20, "商品影响二次销售", 4), (46, "其他", 4)];

    public static JsonObject List(WeChatCall call)
    {
        if (!ChinaTime.TryParseUnix(call.Text("begin_update_time"), out var start) || !ChinaTime.TryParseUnix(call.Text("end_update_time"), out var end) || end < start || end - start > Longest)
            return WeChatAnswer.Fault(10020004, "非法的时间区间，不得大于24小时");
        var (page, next) = Keyed.Page(call.Market.Orders.RefundsBetween(SandboxPlatform.WeChat, start, end), r => r.Refund.ModifiedAt, r => r.Refund.No, call.Text("next_key"), PageSize);
        var answer = WeChatAnswer.Ok();
        answer["after_sale_order_id_list"] = Answers.Array(page, r => JsonValue.Create(r.Refund.No));
        answer["has_more"] = next is not null;
        answer["next_key"] = next ?? "";
        return answer;
    }

    public static JsonObject Get(WeChatCall call)
    {
        if (Find(call) is not var (order, refund)) return NoRefund;
        var answer = WeChatAnswer.Ok();
        answer["after_sale_order"] = Shape(order, refund);
        return answer;
    }

    /// <summary>A return is agreed to first (1, with an address) and paid back when the goods are there (2); a plain refund is paid back at once.</summary>
    public static JsonObject Accept(WeChatCall call)
    {
        if (Find(call) is not var (order, refund)) return NoRefund;
        if (refund.State is SandboxRefundState.Done or SandboxRefundState.Refused) return WrongState;
        var goodsComeBack = refund is { Kind: SandboxRefundKind.ReturnGoods, State: SandboxRefundState.Applied };
        if (call.Text("accept_type") == (goodsComeBack ? "2" : "1")) return WeChatAnswer.Fault(10021041, "当前售后单不支持此操作，请检查售后单状态");
        if (!goodsComeBack)
        {
            call.Market.SettleRefund(SandboxPlatform.WeChat, refund.No, agreed: true);
            return WeChatAnswer.Ok();
        }
        if (call.Text("address_id") is not { } address) return WeChatAnswer.Fault(10021060, "缺少退货地址address_id参数");
        if (address != ReturnAddress) return WeChatAnswer.Fault(10021062, "退货地址address_id错误");
        call.Market.AgreeToReturn(SandboxPlatform.WeChat, order.No, refund.No);
        return WeChatAnswer.Ok();
    }

    public static JsonObject Reject(WeChatCall call)
    {
        if (Find(call) is not var (_, refund)) return NoRefund;
        if (refund.State is SandboxRefundState.Done or SandboxRefundState.Refused) return WrongState;
        if (!Incoming.TryInt(call.Text("reject_reason_type"), 0, out var type) || Reasons.All(r => r.Type != type || r.Scene != Scene(refund))) return WeChatAnswer.Invalid("reject_reason_type");
        call.Market.SettleRefund(SandboxPlatform.WeChat, refund.No, agreed: false);
        return WeChatAnswer.Ok();
    }

    public static JsonObject RejectReasons(WeChatCall call)
    {
        var answer = WeChatAnswer.Ok();
        answer["reason_list"] = Answers.Array(Reasons, r => new JsonObject
        {
            ["reject_reason_type"] = r.Type, ["reject_reason_type_text"] = r.Text, ["reject_reason"] = r.Text + "，若有疑问请联系商家", ["reject_scene"] = r.Scene,
        });
        return answer;
    }

    public static JsonObject Addresses(WeChatCall call)
    {
        var answer = WeChatAnswer.Ok();
        answer["address_id_list"] = new JsonArray("11111", ReturnAddress);
        return answer;
    }

    public static JsonObject Address(WeChatCall call)
    {
        var answer = WeChatAnswer.Ok();
        answer["address_detail"] = new JsonObject
        {
            ["address_id"] = call.Text("address_id"), ["default_recv"] = call.Text("address_id") == ReturnAddress ? 1 : 0,
            ["address_info"] = new JsonObject { ["user_name"] = "售后组", ["tel_number"] = "19000000000", ["province_name"] = "江苏省", ["city_name"] = "苏州市", ["county_name"] = "吴中区", ["detail_info"] = "东吴北路1号" },
        };
        return answer;
    }

    private static JsonObject Shape(SandboxOrder order, SandboxRefund refund)
    {
        var line = order.Lines.FirstOrDefault(l => l.No == refund.LineNo) ?? order.Lines[0];
        var returned = refund.Kind == SandboxRefundKind.ReturnGoods;
        return new JsonObject
        {
            ["after_sale_order_id"] = refund.No,
            ["order_id"] = order.No,
            ["openid"] = order.Buyer.OpenId,
            ["type"] = returned ? "RETURN" : "REFUND",
            ["status"] = refund.State switch
            {
                SandboxRefundState.Applied => "MERCHANT_PROCESSING",
                SandboxRefundState.Agreed => "USER_WAIT_RETURN",
                SandboxRefundState.Refused => returned ? "MERCHANT_REJECT_RETURN" : "MERCHANT_REJECT_REFUND",
                _ => returned ? "MERCHANT_RETURN_SUCCESS" : "MERCHANT_REFUND_SUCCESS",
            },
            ["product_info"] = new JsonObject { ["product_id"] = Text(line.ProductId), ["sku_id"] = Text(line.PlatformSkuId), ["count"] = line.Quantity },
            ["details"] = new JsonObject { ["desc"] = refund.Reason, ["receive_product"] = returned, ["cancel_time"] = 0 },
            ["refund_info"] = new JsonObject { ["amount"] = refund.AmountFen },
            ["create_time"] = refund.CreatedAt.ToUnixTimeSeconds(),
            ["update_time"] = refund.ModifiedAt.ToUnixTimeSeconds(),
            ["reason"] = "OTHERS",
            ["reason_text"] = refund.Reason,
        };
    }

    private static int Scene(SandboxRefund refund) => refund.Kind == SandboxRefundKind.ReturnGoods ? 4 : 1;

    private static JsonObject NoRefund => WeChatAnswer.Fault(10021050, "售后单不存在");

    private static JsonObject WrongState => WeChatAnswer.Fault(10020001, "售后单状态不合法");

    private static (SandboxOrder Order, SandboxRefund Refund)? Find(WeChatCall call) => call.Text("after_sale_order_id") is { } no ? call.Market.Orders.FindRefund(SandboxPlatform.WeChat, no) : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
