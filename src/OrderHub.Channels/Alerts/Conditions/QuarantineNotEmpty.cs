using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>Payloads that could not be read: each may be an order that is missing here.</summary>
internal sealed class QuarantineNotEmpty(HubDatabase database) : IChannelCondition
{
    public string Kind => "channels.quarantine";

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => await database.QueryAsync("""
        select q.shop_id, q.count, q.newest, d.reason, d.external_id
          from (select shop_id, count(*)::int as count, max(id) as newest from channels_inbox where state = 5 group by shop_id) q join channels_inbox d on d.id = q.newest order by 1
        """, r => new ChannelTrouble(r.GetInt32(0), "", "{0}：有报文进入隔离区",
            [new("错误", new(r.Text(3) ?? "")), new("隔离的报文", AlertWords.Number(r.GetInt32(1))), new("最近一份", new(r.GetString(4)))], "quarantine", AlertWords.Mark(r.GetInt64(2))), ct);
}
