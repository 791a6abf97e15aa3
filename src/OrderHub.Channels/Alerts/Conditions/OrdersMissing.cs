using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>The platform lists orders that are not here or went on there, and fetching them did not help at once.</summary>
internal sealed class OrdersMissing(HubDatabase database) : IChannelCondition
{
    public string Kind => "channels.missing";

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => await database.QueryAsync("""
        select shop_id, sum(wanting_count)::int, sum(behind_count)::int, count(*)::int, max(wanting[1]), max(hour) from channels_completeness where state = 2 and checks > 1 group by 1 order by 1
        """, r => new ChannelTrouble(r.GetInt32(0), "", "{0}：平台上有订单没有进来或没有更新",
            [new("缺的订单", AlertWords.Number(r.GetInt32(1) - r.GetInt32(2))), new("没有更新的订单", AlertWords.Number(r.GetInt32(2))), new("涉及小时", AlertWords.Number(r.GetInt32(3))), new("例如", new(r.Text(4) ?? ""))],
            "completeness", AlertWords.Mark(r.GetFieldValue<DateTimeOffset>(5))), ct);
}
