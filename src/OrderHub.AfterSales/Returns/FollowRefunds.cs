using System.Globalization;
using OrderHub.AfterSales.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Outbox;

namespace OrderHub.AfterSales.Returns;

/// <summary>A refund that brings goods back, or was to, is here or changed.</summary>
internal sealed record ReturnChanged(long RefundId);

/// <summary>
/// Lets the expected goods follow their refund: announced to the warehouse once, taken back when the refund comes to nothing. Looks at how
/// the refund stands now, so that the same news again changes nothing.
/// </summary>
internal sealed class FollowRefunds(IOrderReader orders, ICustomerReturns returns) : IConsume<ReturnChanged>
{
    private sealed record Refund(long Id, long OrderId, string RefundNo, string? LineNo, RefundKind Kind, RefundStatus Status, string Reason, string? ReturnNo);

    public async Task ConsumeAsync(HubTransaction tx, IReadOnlyList<ReturnChanged> events, CancellationToken ct)
    {
        // locked: a newer version waits until what this one means is written, and its own news comes after
        var refunds = await tx.QueryAsync("""
            select id, order_id, refund_no, platform_line_no, kind, status, reason, return_no
              from aftersales_refunds where id = any($1) and order_id is not null order by id for no key update
            """, r => new Refund(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.Text(3), (RefundKind)r.GetInt16(4), (RefundStatus)r.GetInt16(5), r.GetString(6), r.Text(7)),
            ct, events.Select(e => e.RefundId).Distinct().ToArray());
        var known = await orders.FindManyAsync([.. refunds.Select(r => r.OrderId).Distinct()], ct);
        var plans = refunds.Where(r => known.ContainsKey(r.OrderId)).Select(r => (Refund: r, Order: known[r.OrderId], News: ReturnRule.NewsOf(r.Kind, r.Status, known[r.OrderId].State))).ToList();

        var comes = plans.Where(p => p.News == GoodsNews.WillCome).Select(p => (p.Refund, Expected: Expected(p.Refund, p.Order))).Where(p => p.Expected is not null).ToList();
        var gone = plans.Where(p => p.News == GoodsNews.WillNotCome).Select(p => p.Refund.ReturnNo).OfType<string>().ToList();
        if (comes.Count + gone.Count == 0) return;
        var numbers = await returns.ExpectAsync(tx, [.. comes.Select(p => p.Expected!)], gone, Actor.System, ct);
        await tx.ExecuteAsync("update aftersales_refunds r set return_no = n.no from unnest($1, $2) as n(id, no) where r.id = n.id and r.return_no is distinct from n.no", ct,
            comes.Select(p => p.Refund.Id).ToArray(), numbers.ToArray());
    }

    /// <returns>Null when the goods did not leave one of our warehouses.</returns>
    private static ExpectedReturn? Expected(Refund refund, OrderView order) => order.WarehouseId is { } warehouse && ReturnRule.GoodsOf(order, refund.LineNo) is { Count: > 0 } goods
        ? new(string.Create(CultureInfo.InvariantCulture, $"refund:{refund.Id}"), refund.RefundNo, warehouse, goods, refund.Reason) : null;
}
