using OrderHub.Channels.Health;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>A stream whose last pull failed, its three retries included: new orders are not coming in.</summary>
internal sealed class PullFailing(HubDatabase database) : IChannelCondition
{
    public string Kind => "channels.pull";

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct) => await database.QueryAsync(
        "select shop_id, stream, last_error, last_success_at, last_pull_at from channels_cursors where last_error is not null order by shop_id, stream",
        r =>
        {
            var stream = (PullStream)r.GetInt16(1);
            return new ChannelTrouble(r.GetInt32(0), stream.ToString().ToLowerInvariant(), stream == PullStream.Orders ? "{0}：订单拉取失败" : "{0}：退款拉取失败",
                [new("错误", new(r.GetString(2))), new("上次成功", AlertWords.Time(r.Nullable<DateTimeOffset>(3)))], null, AlertWords.Mark(r.Nullable<DateTimeOffset>(4)), IsCritical: stream == PullStream.Orders);
        }, ct);
}
