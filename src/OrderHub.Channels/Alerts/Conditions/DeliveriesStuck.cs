using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>Shipments or stock that the platform refused, or did not take for a day: nothing more happens without people.</summary>
internal sealed class DeliveriesStuck(HubDatabase database) : IChannelCondition
{
    public string Kind => "channels.deliveries";

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => await database.QueryAsync("""
        select q.shop_id, q.count, q.newest, d.last_error, d.subject
          from (select shop_id, count(*)::int as count, max(settled_at) as newest, (array_agg(id order by settled_at desc nulls last, id desc))[1] as last
                  from channels_deliveries where state in (3, 4) group by shop_id) q join channels_deliveries d on d.id = q.last order by 1
        """, r => new ChannelTrouble(r.GetInt32(0), "", "{0}：发货或库存回传失败",
            [new("错误", new(r.Text(3) ?? "")), new("失败的回传", AlertWords.Number(r.GetInt32(1))), new("最近一条", new(r.GetString(4)))],
            "deliveries", $"{r.GetInt32(1)}/{AlertWords.Mark(r.Nullable<DateTimeOffset>(2))}"), ct);
}
