using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Units;
using OrderHub.Platform.Verification;

namespace OrderHub.Warehousing.Checks;

/// <summary>No parcel without its order, no shipped order of ours without a parcel, and no parcel on the road whose order still waits.</summary>
internal sealed class ParcelsAgreeWithOrders(HubDatabase database, IOrderReader orders) : IVerifyCheck
{
    private const int AtOnce = 1_000;

    public string Name => "仓库：包裹与订单状态一致";

    public async Task<VerifyResult> RunAsync(CancellationToken ct)
    {
        var (seen, suspects) = await LookAsync(null, ct);
        // Parcels and orders are read one after the other: beside a working hub an order may move in between. What is wrong is wrong the second time, too.
        var (_, breaches) = suspects.Count == 0 ? (0, suspects) : await LookAsync([.. suspects.Keys], ct);
        return new(seen, breaches.Count, [.. breaches.Values.Take(10)]);
    }

    /// <summary>Orders whose parcels do not fit their state, with what is wrong, of the given orders or of all.</summary>
    private async Task<(long Seen, SortedDictionary<long, string> Breaches)> LookAsync(long[]? orderIds, CancellationToken ct)
    {
        var tasks = await database.QueryAsync("""
            select t.order_id, count(p.id)::int, count(p.id) filter (where p.status in (3, 4, 6))::int, coalesce(bool_or(p.order_lags_behind), false), count(distinct t.part) filter (where t.state <> 5)::int
              from warehousing_pick_tasks t
              left join warehousing_pick_tasks c on c.id = t.merged_into
              left join warehousing_parcels p on p.order_id = coalesce(c.order_id, t.order_id) and p.part = coalesce(c.part, t.part) and p.status <> 9
             where $1::bigint[] is null or t.order_id = any($1)
             group by t.order_id order by t.order_id
            """, r => (OrderId: r.GetInt64(0), Parcels: r.GetInt32(1), Gone: r.GetInt32(2), Lagging: r.GetBoolean(3), Parts: r.GetInt32(4)), ct, orderIds);
        var breaches = new SortedDictionary<long, string>();
        foreach (var chunk in tasks.Chunk(AtOnce))
        {
            var found = await orders.FindManyAsync([.. chunk.Select(t => t.OrderId)], ct);
            foreach (var (orderId, parcels, gone, lagging, parts) in chunk)
            {
                var state = found.GetValueOrDefault(orderId)?.State;
                if (Breach(state, parcels, gone, lagging, parts) is { } breach) breaches[orderId] = $"{OrderNo.From(orderId)} {state?.Chinese()}：{breach}";
            }
        }
        return (tasks.Count, breaches);
    }

    private static string? Breach(OrderState? state, int parcels, int gone, bool lagging, int parts) => state switch
    {
        null => "有任务却没有订单",
        OrderState.Packed or OrderState.Shipped or OrderState.Signed or OrderState.Completed when parcels == 0 => "没有包裹",
        OrderState.Allocated or OrderState.Packed when parcels > 0 && gone == parcels && parcels >= parts && !lagging => "包裹都已揽收，订单却没有发货",
        _ => null,
    };
}
