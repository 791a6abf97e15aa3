using OrderHub.Channels.Deliveries;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>
/// A platform that keeps failing is left alone. Seen by what the deliveries say, because the circuit itself lives in the memory of
/// whichever host was sending.
/// </summary>
internal sealed class CircuitOpen(HubDatabase database, TimeProvider clock) : IChannelCondition
{
    public string Kind => "channels.circuit";

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => await database.QueryAsync("""
        select shop_id, count(*)::int, max(due_at) from channels_deliveries where state = 1 and last_error = $1 and due_at > $2 group by shop_id order by 1
        """, r => new ChannelTrouble(r.GetInt32(0), "", "{0}：平台连续失败，已暂停回传",
            [new("错误", new(ShopCircuits.OpenWords)), new("等待回传", AlertWords.Number(r.GetInt32(1)))], "deliveries", AlertWords.Mark(r.GetFieldValue<DateTimeOffset>(2)), IsCritical: true),
        ct, ShopCircuits.OpenWords, clock.GetUtcNow() - ShopCircuits.Pause);
}
