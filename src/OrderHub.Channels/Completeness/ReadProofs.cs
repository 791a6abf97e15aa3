using OrderHub.Platform.Data;

namespace OrderHub.Channels.Completeness;

internal sealed record ProofRow(DateTimeOffset Hour, DateTimeOffset? Until, ProofState State, int PlatformCount, int OurCount, long? PlatformFen, long? OurFen, long ExplainedFen,
    IReadOnlyList<string> Wanting, int WantingCount, int Recovered, DateTimeOffset? CheckedAt, DateTimeOffset? NextCheckAt, int BehindCount, int CaughtUp);

internal sealed class ReadProofsHandler(HubDatabase database, TimeProvider clock)
{
    /// <summary>Hours with something missing or behind first, then the last two days, newest first.</summary>
    public async Task<IReadOnlyList<ProofRow>> OfShopAsync(int shopId, CancellationToken ct) => await database.QueryAsync("""
        select hour, until, state, platform_count, our_count, platform_fen, our_fen, explained_fen, wanting, wanting_count, recovered, checked_at, next_check_at, behind_count, caught_up
          from channels_completeness where shop_id = $1 and (state = 2 or hour >= $2) order by (state = 2) desc, hour desc limit 200
        """, r => new ProofRow(r.GetFieldValue<DateTimeOffset>(0), r.Nullable<DateTimeOffset>(1), (ProofState)r.GetInt16(2), r.GetInt32(3), r.GetInt32(4), r.Nullable<long>(5), r.Nullable<long>(6),
            r.GetInt64(7), r.GetFieldValue<string[]>(8), r.GetInt32(9), r.GetInt32(10), r.Nullable<DateTimeOffset>(11), r.Nullable<DateTimeOffset>(12), r.GetInt32(13), r.GetInt32(14)), ct, shopId, clock.GetUtcNow() - TimeSpan.FromDays(2));

    /// <summary>The hour is looked at with the next run, whatever its schedule says.</summary>
    public Task CheckNowAsync(int shopId, DateTimeOffset hour, CancellationToken ct) => database.RunAsync(async tx =>
    {
        await tx.ExecuteAsync("update channels_completeness set next_check_at = hour where shop_id = $1 and hour = $2", ct, shopId, hour);
        await tx.ExecuteAsync("update channels_cursors set next_due_at = least(next_due_at, $2) where shop_id = $1 and stream = 3", ct, shopId, clock.GetUtcNow());
    }, ct);
}
