using OrderHub.Channels.Inbox;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;

namespace OrderHub.PostgresTests.Channels;

public sealed class PruneInboxTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task Bodies_of_old_settled_payloads_go_and_quarantined_ones_stay()
    {
        await KeepAsync("old", days: 100, state: 2, count: 2_003);
        await KeepAsync("sick", days: 100, state: 5, count: 2);
        await KeepAsync("young", days: 80, state: 2, count: 3);

        (await PruneAsync()).Changed.ShouldBe(2_003, "in several batches");
        (await WithBodyAsync()).ShouldBe(["sick", "young"]);
        (await world.CountAsync("select count(*) from channels_inbox where external_id like 'old-%'")).ShouldBe(2_003, "the rows stay, so that the same payload is still known");

        await KeepAsync("next", days: 95, state: 3, count: 1);
        (await PruneAsync()).Changed.ShouldBe(1, "the next night goes on where this one ended");
        (await PruneAsync()).Changed.ShouldBe(0);
    }

    private Task KeepAsync(string name, int days, int state, int count) => world.Database.RunAsync(tx => tx.ExecuteAsync("""
        insert into channels_inbox (shop_id, kind, external_id, version, content_hash, payload, state, reason, source, received_at, settled_at, trace_id)
        select $1, 1, $2 || '-' || n, 1, sha256(($2 || n)::bytea), '{"a":1}', $3, case when $3 = 5 then 'x' end, 1, now() - make_interval(days => $4), now(), '' from generate_series(1, $5) n
        """, default, world.PulledShopId, name, (short)state, days, count), default);

    private async Task<IReadOnlyList<string>> WithBodyAsync() =>
        await world.Database.QueryAsync("select distinct split_part(external_id, '-', 1) from channels_inbox where payload <> '' order by 1", r => r.GetString(0), default);

    private Task<JobReport> PruneAsync() => world.InScopeAsync<PruneInboxJob, JobReport>(job => job.RunAsync(default));
}
