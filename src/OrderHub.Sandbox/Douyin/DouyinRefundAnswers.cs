using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Douyin;

/// <summary>One after-sale paper in detail, and the seller's answers to it.</summary>
internal static class DouyinRefundAnswers
{
    private const int MostItems = 20;
    public const long AddressId = 88001;
    private const long Reason = 401, ReasonWithEvidence = 402;

    /// <summary>The detail names its fields unlike the list, and only it tells what was paid back.</summary>
    public static DouyinAnswer Detail(DouyinCall call)
    {
        if (call.Text("after_sale_id") is not { } id) return DouyinAnswer.MissingBusiness("after_sale_id");
        if (call.Market.Orders.FindRefund(SandboxPlatform.Douyin, id) is not var (order, refund)) return DouyinAnswer.Business("aftersale-not-exist", "售后单不存在");
        var line = order.Lines.FirstOrDefault(l => l.No == refund.LineNo) ?? order.Lines[0];
        return DouyinAnswer.Success(new JsonObject
        {
            ["process_info"] = new JsonObject
            {
                ["after_sale_info"] = new JsonObject
                {
                    ["after_sale_id"] = long.Parse(refund.No, CultureInfo.InvariantCulture),
                    ["after_sale_status"] = DouyinOrder.AfterSaleStatus(refund),
                    ["after_sale_type"] = DouyinOrder.AfterSaleType(refund),
                    ["refund_status"] = DouyinOrder.RefundStatus(refund),
                    ["refund_total_amount"] = refund.AmountFen,
                    ["refund_post_amount"] = Math.Max(0, refund.AmountFen - line.PayFen),
                    ["real_refund_amount"] = refund.State == SandboxRefundState.Done ? refund.AmountFen : 0,
                    ["apply_time"] = refund.CreatedAt.ToUnixTimeSeconds(),
                    ["update_time"] = refund.ModifiedAt.ToUnixTimeSeconds(),
                    ["reason"] = refund.Reason,
                    ["got_pkg"] = order.SignedAt is null ? 0 : 1,
                },
            },
            ["order_info"] = new JsonObject
            {
                ["shop_order_id"] = long.Parse(order.No, CultureInfo.InvariantCulture),
                ["sku_order_infos"] = new JsonArray(new JsonObject { ["sku_order_id"] = OrderNumbers.SubOrder(order, line.No), ["pay_amount"] = line.PayFen, ["item_quantity"] = line.Quantity }),
            },
        });
    }

    public static DouyinAnswer RejectReasons(DouyinCall call) => call.Number("aftersale_id") is null ? DouyinAnswer.MissingBusiness("aftersale_id")
        : DouyinAnswer.Success(new JsonObject
        {
            ["items"] = new JsonArray(
                new JsonObject { ["reject_reason_code"] = ReasonWithEvidence, ["reason"] = "商品已影响二次销售", ["evidence_need"] = "Y", ["evidence_description"] = "请上传商品照片", ["order_type"] = -1, ["pkg"] = -1 },
                new JsonObject { ["reject_reason_code"] = Reason, ["reason"] = "与买家协商一致不退款", ["evidence_need"] = "N", ["evidence_description"] = "", ["order_type"] = -1, ["pkg"] = -1 }),
        });

    public static DouyinAnswer Addresses(DouyinCall call) => call.Number("page_size") is null || call.Number("page_no") is null || call.Text("order_by") is null || call.Text("order_field") is null
        ? DouyinAnswer.MissingBusiness("page_size、page_no、order_by、order_field")
        : DouyinAnswer.Success(new JsonObject
        {
            ["total"] = 1,
            ["address_list"] = new JsonArray(new JsonObject { ["address_id"] = AddressId, ["user_name"] = "退货组", ["is_default"] = 1, ["is_send_default"] = 1 }),
        });

    /// <summary>All of the asked papers or none. The played buyer's parcel is back at once, and the money with it.</summary>
    public static DouyinAnswer Operate(DouyinCall call)
    {
        if (call.Number("type") is not { } type) return DouyinAnswer.MissingBusiness("type");
        if (!call.Business.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() is 0 or > MostItems)
            return DouyinAnswer.Invalid("isv.parameter-invalid", "items为1到20个");
        var papers = new List<string>();
        foreach (var item in items.EnumerateArray())
        {
            if (Refusal(call, type, item) is { } refusal) return refusal;
            papers.Add(item.Text("aftersale_id")!);
        }
        var agreed = type % 10 == 1;
        foreach (var no in papers) call.Market.SettleRefund(SandboxPlatform.Douyin, no, agreed);
        return DouyinAnswer.Success(new JsonObject
        {
            ["items"] = Answers.Array(papers, no => new JsonObject { ["aftersale_id"] = long.Parse(no, CultureInfo.InvariantCulture), ["status_code"] = 0, ["status_msg"] = "" }),
        });
    }

    private static DouyinAnswer? Refusal(DouyinCall call, long type, JsonElement item)
    {
        if (item.Text("aftersale_id") is not { Length: > 0 } no) return DouyinAnswer.MissingBusiness("aftersale_id");
        if (call.Market.Orders.FindRefund(SandboxPlatform.Douyin, no) is not var (_, refund)) return new(20000, "系统错误", "isp.service-error:10000", "存在无效的售后单");
        if (item.Text("update_time") is { } version && version != refund.ModifiedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            return DouyinAnswer.Business("11005", "售后单已变更，请刷新后重试");
        if (refund.State != SandboxRefundState.Applied) return DouyinAnswer.Business("20309541", "售后状态错误");
        var family = refund.Kind == SandboxRefundKind.ReturnGoods ? 101 : 201;
        if (type != family && type != family + 1) return DouyinAnswer.Business("20309541", "售后状态错误");
        if (type == 101 && (!item.TryGetProperty("logistics", out var to) || to.Text("receiver_address_id") != AddressId.ToString(CultureInfo.InvariantCulture)))
            return DouyinAnswer.MissingBusiness("logistics.receiver_address_id");
        if (type % 10 == 1) return null;
        if (item.Text("reason") is not { Length: > 0 } || item.Text("remark") is not { Length: > 0 }) return DouyinAnswer.MissingBusiness("reason、remark");
        return item.Text("reject_reason_code") switch
        {
            "401" => null,
            "402" when item.TryGetProperty("evidence", out _) => null,
            "402" => DouyinAnswer.MissingBusiness("evidence"),
            _ => DouyinAnswer.Invalid("isv.parameter-invalid", "reject_reason_code无效"),
        };
    }
}
