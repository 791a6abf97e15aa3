using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Douyin;

/// <summary>
/// The seller's answer to an after-sale request. Each kind of paper and each step has a pair of numbers of its own: 201/202 money only,
/// 101/102 return asked, 111/112 goods are back, 301/302 exchange asked.
/// </summary>
internal sealed partial class DouyinAdapter
{
    private const int AddressPage = 100;

    public async Task AnswerRefundAsync(ShopConnection shop, RefundAnswer answer, CancellationToken ct)
    {
        var detail = await RefundAsync(shop, answer.RefundNo, ct);
        var (kind, status) = PlatformHttp.Read(detail, d => Stand(DouyinRefunds.Paper.Of(d)));
        if (answer.Agree ? status is RefundStatus.Agreed or RefundStatus.Done : status is RefundStatus.Refused or RefundStatus.Closed) return;
        var item = new JsonObject { ["aftersale_id"] = answer.RefundNo };
        if (answer.Reason.Length > 0) item["remark"] = answer.Reason;
        // the platform refuses an answer to a paper that has changed since
        if (answer.Version > 0) item["update_time"] = answer.Version / 1000;
        if (!answer.Agree) await GiveReasonAsync(shop, answer, item, ct);
        else if (status == RefundStatus.Applied && kind != RefundKind.RefundOnly) item["logistics"] = new JsonObject { ["receiver_address_id"] = await ReturnAddressAsync(shop, ct) };
        await client.CallAsync(shop, "afterSale/operate", new JsonObject { ["type"] = Step(kind, status, answer.Agree), ["items"] = new JsonArray(item) }, ct, repeatable: false);
    }

    private static (RefundKind Kind, RefundStatus Status) Stand(DouyinRefunds.Paper paper) => (DouyinRefunds.Kind(paper), DouyinRefunds.Status(paper));

    private static int Step(RefundKind kind, RefundStatus status, bool agree) => (kind, status) switch
    {
        (RefundKind.RefundOnly, RefundStatus.Applied) => 201,
        (RefundKind.ReturnRefund, RefundStatus.Applied) => 101,
        (RefundKind.ReturnRefund, RefundStatus.Returning) => 111,
        (RefundKind.Exchange, RefundStatus.Applied) => 301,
        _ => throw new PlatformException("refund.no_step", "售后单当前状态不能通过接口处理，请在抖店后台处理", isTransient: false),
    } + (agree ? 0 : 1);

    /// <summary>A refusal needs one of the platform's reasons: the one in our words, else the first that asks for no evidence.</summary>
    private async Task GiveReasonAsync(ShopConnection shop, RefundAnswer answer, JsonObject item, CancellationToken ct)
    {
        var found = await client.CallAsync(shop, "afterSale/rejectReasonCodeList", new JsonObject { ["aftersale_id"] = Number(answer.RefundNo) }, ct);
        var reasons = PlatformHttp.Read(found, a => a.NeedObject("data").Items("items")).Where(r => r.Text("evidence_need") != "Y").ToArray();
        if (reasons.Length == 0) throw new PlatformException("refund.evidence_needed", "拒绝该售后单需要上传凭证，请在抖店后台处理", isTransient: false);
        var reason = reasons.FirstOrDefault(r => r.Text("reason") == answer.Reason, reasons[0]);
        item["reject_reason_code"] = reason.NeedInteger("reject_reason_code");
        item["reason"] = reason.Text("reason");
        item["remark"] = answer.Reason.Length > 0 ? answer.Reason : reason.Text("reason");
    }

    private async Task<long> ReturnAddressAsync(ShopConnection shop, CancellationToken ct)
    {
        var found = await client.CallAsync(shop, "address/list", new JsonObject { ["page_size"] = AddressPage, ["page_no"] = 1, ["order_by"] = "desc", ["order_field"] = "update_time" }, ct);
        var addresses = PlatformHttp.Read(found, a => a.NeedObject("data").Items("address_list"));
        if (addresses.Count == 0) throw new PlatformException("refund.no_address", "店铺没有退货地址，请先在抖店后台设置", isTransient: false);
        return addresses.FirstOrDefault(a => a.Flag("is_default"), addresses[0]).NeedInteger("address_id");
    }
}
