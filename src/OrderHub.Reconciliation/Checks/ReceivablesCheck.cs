using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Units;
using OrderHub.Platform.Verification;
using OrderHub.Reconciliation.MoneyLedger;

namespace OrderHub.Reconciliation.Checks;

/// <summary>
/// Every paid order has its receivable to the fen and every receivable its paid order, page by page. Beside a running hub: orders are read
/// before the outbox and the outbox before the ledger, so news on its way is never taken for a breach.
/// </summary>
internal sealed class ReceivablesCheck(HubDatabase database, IOrderReports orders, OutboxBacklog backlog) : IVerifyCheck
{
    private const int PageSize = 5000;

    public string Name => "财务：应收与已付款订单逐单一致";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        var breaches = new BreachList();
        for (var after = 0L; ;)
        {
            var paid = await orders.PaidOrdersAsync(after, PageSize, ct);
            var last = paid.Count < PageSize;
            var onTheWay = (await backlog.PendingAsync<OrderPaid>(BookPayments.Consumer, ct)).Select(p => p.OrderId).ToHashSet();
            var booked = await BookedAsync(after, last ? long.MaxValue : paid[^1].OrderId, ct);
            breaches.Saw(paid.Count);
            foreach (var order in paid)
                if (!booked.Remove(order.OrderId, out var fen) ? !onTheWay.Contains(order.OrderId) : fen != order.PaidFen)
                    breaches.Add($"{OrderNo.From(order.OrderId)}：订单已付 {Money.ToYuan(order.PaidFen)}，账本应收 {Money.ToYuan(fen)}");
            foreach (var (orderId, fen) in booked)
                if (await PaidAsync(orderId, ct) is var now && now != fen) breaches.Add($"{OrderNo.From(orderId)}：账本应收 {Money.ToYuan(fen)}，订单已付 {Money.ToYuan(now)}");
            if (last) return breaches.ToResult();
            after = paid[^1].OrderId;
        }
    }

    private async Task<Dictionary<long, long>> BookedAsync(long after, long until, CancellationToken ct) => (await database.QueryAsync("""
        select order_id, sum(amount_fen)::bigint from reconciliation_money_entries where kind = 1 and order_id > $1 and order_id <= $2 group by order_id
        """, r => (Id: r.GetInt64(0), Fen: r.GetInt64(1)), ct, after, until)).ToDictionary(b => b.Id, b => b.Fen);

    /// <summary>Once more: it may have been paid after its page was read.</summary>
    private async Task<long> PaidAsync(long orderId, CancellationToken ct) =>
        await orders.PaidOrdersAsync(orderId - 1, 1, ct) is [var order] && order.OrderId == orderId ? order.PaidFen : 0;
}
