namespace OrderHub.Sandbox.Taobao;

internal sealed record TopMethod(Func<TopCall, TopAnswer> Run, bool NeedsSession = true);

/// <summary>What this shop's app may call.</summary>
internal static class TaobaoMethods
{
    public static readonly IReadOnlyDictionary<string, TopMethod> All = new Dictionary<string, TopMethod>
    {
        ["taobao.time.get"] = new(call => new TopBody(new() { ["time"] = Gateway.ChinaTime.Text(call.Now) }), NeedsSession: false),
        ["taobao.trades.sold.increment.get"] = new(TaobaoTrades.Increment),
        ["taobao.trades.sold.get"] = new(TaobaoTrades.Sold),
        ["taobao.trade.fullinfo.get"] = new(TaobaoTrades.FullInfo),
        ["taobao.trade.memo.update"] = new(TaobaoTrades.UpdateMemo),
        ["taobao.logistics.online.send"] = new(TaobaoShipping.OnlineSend),
        ["taobao.logistics.offline.send"] = new(TaobaoShipping.OfflineSend),
        ["alibaba.ascp.logistics.offline.send"] = new(TaobaoShipping.AscpSend),
        ["taobao.logistics.companies.get"] = new(TaobaoShipping.Companies, NeedsSession: false),
        ["taobao.skus.quantity.update"] = new(TaobaoStock.UpdateSkus),
        ["taobao.item.quantity.update"] = new(TaobaoStock.UpdateItem),
        ["taobao.items.seller.list.get"] = new(TaobaoStock.Read),
        ["taobao.refunds.receive.get"] = new(TaobaoRefunds.Receive),
        ["taobao.refund.get"] = new(TaobaoRefunds.Get),
        ["taobao.rp.refunds.agree"] = new(TaobaoRefundAnswers.Pay),
        ["taobao.rp.returngoods.agree"] = new(TaobaoRefundAnswers.TakeBack),
        ["taobao.refund.refuse"] = new(TaobaoRefundAnswers.Refuse),
        ["taobao.logistics.address.search"] = new(TaobaoRefundAnswers.Addresses),
        ["taobao.tmc.messages.consume"] = new(TmcQueue.Consume, NeedsSession: false),
        ["taobao.tmc.messages.confirm"] = new(TmcQueue.Confirm, NeedsSession: false),
        ["taobao.top.auth.token.refresh"] = new(TaobaoTokens.Refresh, NeedsSession: false),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];
}
