using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation.Stops;

internal enum StopState { Living, Coming, Ended }

internal sealed record StopView(int Id, Suspension Stop, string Reason, StopState State);

internal sealed record StopList(IReadOnlyList<StopView> Stops, FulfilmentNetwork Network);

internal sealed class ReadStops(HubDatabase database, IFulfilmentNetwork network, TimeProvider clock)
{
    private const int Most = 300;

    /// <summary>Those in force first, then those to come, then what has ended, the latest first.</summary>
    public async Task<StopList> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stops = await database.QueryAsync($"""
            select id, courier_id, warehouse_id, region, from_at, until_at, reason from allocation_suspensions order by coalesce(until_at <= $1, false), from_at desc, id desc limit {Most}
            """, r => new StopView(r.GetInt32(0), new(r.Nullable<int>(1), r.Nullable<int>(2), r.Text(3), r.GetFieldValue<DateTimeOffset>(4), r.Nullable<DateTimeOffset>(5)), r.GetString(6),
                r.Nullable<DateTimeOffset>(5) <= now ? StopState.Ended : r.GetFieldValue<DateTimeOffset>(4) > now ? StopState.Coming : StopState.Living), ct, now);
        return new([.. stops.OrderBy(s => s.State)], await network.CurrentAsync(ct));
    }
}
