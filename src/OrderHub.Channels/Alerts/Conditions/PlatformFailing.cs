using OrderHub.Channels.Deliveries;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;
using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Alerts.Conditions;

/// <summary>
/// A pull that failed with its three retries, or a circuit that opened because deliveries kept failing. A platform that is down does all
/// of that at once, so it is one trouble per shop. The circuit is seen by what the waiting deliveries say, because it lives in the memory
/// of whichever host was sending.
/// </summary>
internal sealed class PlatformFailing(HubDatabase database, TimeProvider clock) : IChannelCondition
{
    public string Kind => "channels.platform";

    private sealed record Pull(int ShopId, PullStream Stream, string Error, DateTimeOffset? LastSuccessAt, DateTimeOffset? At);

    private sealed record Circuit(int ShopId, int Waiting, DateTimeOffset DueAt);

    public async Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct)
    {
        var pulls = await database.QueryAsync("select shop_id, stream, last_error, last_success_at, last_pull_at from channels_cursors where last_error is not null order by shop_id, stream",
            r => new Pull(r.GetInt32(0), (PullStream)r.GetInt16(1), r.GetString(2), r.Nullable<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4)), ct);
        var circuits = await database.QueryAsync("select shop_id, count(*)::int, max(due_at) from channels_deliveries where state = 1 and last_error = $1 and due_at > $2 group by shop_id",
            r => new Circuit(r.GetInt32(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2)), ct, ShopCircuits.OpenWords, clock.GetUtcNow() - ShopCircuits.Pause);
        return [.. pulls.Select(p => p.ShopId).Union(circuits.Select(c => c.ShopId)).Order()
            .Select(shop => Trouble(shop, pulls.FindAll(p => p.ShopId == shop), circuits.Find(c => c.ShopId == shop)))];
    }

    private static ChannelTrouble Trouble(int shopId, List<Pull> pulls, Circuit? circuit)
    {
        var facts = new List<Fact> { new("错误", new(pulls is [var first, ..] ? first.Error : ShopCircuits.OpenWords)) };
        if (pulls.Count > 0) facts.Add(new("上次成功", AlertWords.Time(pulls.Min(p => p.LastSuccessAt))));
        if (circuit is not null) facts.Add(new("等待回传的任务", AlertWords.Number(circuit.Waiting)));
        var title = pulls.Exists(p => p.Stream == PullStream.Orders) ? "{0}：订单拉取失败" : pulls.Count > 0 ? "{0}：退款拉取失败" : "{0}：平台连续失败，已暂停回传";
        var isCritical = circuit is not null || pulls.Exists(p => p.Stream == PullStream.Orders);
        return new(shopId, "", title, facts, circuit is not null && pulls.Count == 0 ? "deliveries" : null, AlertWords.Mark(pulls.Max(p => p.At) ?? circuit?.DueAt), isCritical);
    }
}
