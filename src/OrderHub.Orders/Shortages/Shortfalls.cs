using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Orders.Shortages;

/// <summary>Keeps what the orders in SHORTAGE want. Joins the caller's transaction; the orders' rows must be locked in it.</summary>
internal static class Shortfalls
{
    /// <summary>Also for orders whose wants are kept already: that changes nothing.</summary>
    public static void Keep(HubTransaction tx, IEnumerable<(long OrderId, IReadOnlyList<DemandLine> Lines)> orders)
    {
        var rows = orders.SelectMany(o => o.Lines.Select(l => (o.OrderId, l.SkuId, l.Quantity))).ToList();
        if (rows.Count == 0) return;
        tx.Later("insert into orders_shortages (order_id, sku_id, wanted) select * from unnest($1, $2, $3) on conflict do nothing",
            rows.Select(r => r.OrderId).ToArray(), rows.Select(r => r.SkuId).ToArray(), rows.Select(r => r.Quantity).ToArray());
    }

    /// <summary>They wait no longer, or want something else now.</summary>
    public static void Forget(HubTransaction tx, IEnumerable<long> orderIds)
    {
        var ids = orderIds.ToArray();
        if (ids.Length > 0) tx.Later("delete from orders_shortages where order_id = any($1)", ids);
    }
}
