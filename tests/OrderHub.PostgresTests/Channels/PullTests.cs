using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.PostgresTests.Channels;

public sealed class PullTests(ChannelWorld world) : IClassFixture<ChannelWorld>
{
    [Fact]
    public async Task A_pulled_order_is_kept_raw_and_locks_its_stock_once_however_often_it_is_pulled()
    {
        var sku = await world.StockedSkuAsync("PULL-1", 10);
        world.Taobao.Publish(FakePlatform.Order("P-1", sku.Code, 2), DateTimeOffset.UnixEpoch.AddYears(56).AddMonths(10)); // long ago: not in any window
        world.Taobao.Publish(FakePlatform.Order("P-2", sku.Code, 2), Recently());

        (await world.PullAsync()).ShouldBe(PullOutcome.Done);
        (await world.PullAsync()).ShouldBe(PullOutcome.Done);

        (await world.CountAsync("select count(*) from channels_inbox where external_id = 'P-2'")).ShouldBe(1);
        (await world.CountAsync("select count(*) from orders_orders where platform_order_no = 'P-2'")).ShouldBe(1);
        (await world.CountAsync("select reserved::bigint from inventory_stock where sku_id = $1", sku.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task The_cursor_stays_where_a_refused_window_began()
    {
        var before = await world.CursorAsync();
        world.Taobao.Troubles.Enqueue(new PlatformException("isv.permission-denied", "no session", isTransient: false));

        (await world.PullAsync()).ShouldBe(PullOutcome.Failed);

        (await world.CursorAsync()).ShouldBe(before);
        (await world.CountAsync("select count(*) from channels_pulls where shop_id = $1 and error like 'isv.permission-denied%'", world.PulledShopId)).ShouldBe(1);
        (await world.PullAsync()).ShouldBe(PullOutcome.Done);
        (await world.CursorAsync()).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task What_got_through_a_bad_line_is_kept_and_the_cursor_moves_with_it()
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(-12);
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_cursors set position = $2, stride = null where shop_id = $1 and stream = 1", default, world.PulledShopId, from), default);
        world.Taobao.AskedFor.Clear();
        world.Taobao.Abilities = world.Taobao.Abilities with { MaxWindow = TimeSpan.FromHours(6), Overlap = TimeSpan.FromMinutes(5) };
        void Fail(int times)
        {
            for (var i = 0; i < times; i++) world.Taobao.Troubles.Enqueue(new PlatformException("http.502", "平台暂时无法服务", isTransient: true, TimeSpan.FromMilliseconds(1)));
        }

        Fail(4);
        (await world.PullAsync()).ShouldBe(PullOutcome.Failed);
        Lengths().ShouldBe([360, 180, 90, 45]);
        (await world.CursorAsync()).ShouldBe(from, TimeSpan.FromMilliseconds(1));

        Fail(1);
        (await world.PullAsync()).ShouldBe(PullOutcome.Done);
        Lengths()[..6].ShouldBe([22.5, 11.25, 22.5, 45, 90, 180]);
        (await world.CountAsync("select count(*) from channels_cursors where shop_id = $1 and stream = 1 and stride is null and position > now() - interval '1 minute'", world.PulledShopId)).ShouldBe(1);

        List<double> Lengths()
        {
            var lengths = world.Taobao.AskedFor.Select(w => (w.Until - w.From).TotalMinutes).ToList();
            world.Taobao.AskedFor.Clear();
            return lengths;
        }
    }

    [Fact]
    public async Task A_short_outage_is_ridden_out_without_a_failure()
    {
        world.Taobao.Troubles.Enqueue(new HttpRequestException("connection reset"));
        (await world.PullAsync()).ShouldBe(PullOutcome.Done);
    }

    [Fact]
    public async Task One_poison_order_lands_in_quarantine_and_the_others_pass()
    {
        var sku = await world.StockedSkuAsync("PULL-2", 1000);
        for (var i = 0; i < 20; i++) world.Taobao.Publish(FakePlatform.Order($"Q-{i}", sku.Code, title: i == 7 ? "毒\0药" : "好"), Recently());
        world.Taobao.Publish(new RawDocument("Q-unreadable", 1, "not json at all"), Recently());

        (await world.PullAsync()).ShouldBe(PullOutcome.Done);

        (await world.CountAsync("select count(*) from orders_orders where platform_order_no like 'Q-%'")).ShouldBe(19);
        (await world.Database.QueryAsync("select external_id from channels_inbox where state = 5 and external_id like 'Q-%' order by 1", r => r.GetString(0), default)).ShouldBe(["Q-7", "Q-unreadable"]);
    }

    [Fact]
    public async Task What_is_here_in_just_that_version_need_not_be_fetched_again_but_what_was_set_aside_must()
    {
        var sku = await world.StockedSkuAsync("PULL-4", 10);
        world.Taobao.Publish(FakePlatform.Order("K-1", sku.Code), Recently());
        world.Taobao.Publish(new RawDocument("K-2", 1, "not json at all"), Recently());
        await world.PullAsync();

        var version = await world.OneAsync("select version from channels_inbox where external_id = 'K-1'", r => r.GetInt64(0));
        var known = await InboxRows.KnownAsync(world.Database, world.PulledShopId, DocumentKind.Order, [("K-1", version), ("K-2", 1), ("K-3", 1)], default);
        known.ShouldBe(["K-1"]);
        (await InboxRows.KnownAsync(world.Database, world.PulledShopId, DocumentKind.Order, [("K-1", version + 1)], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quarantined_order_comes_back_when_it_is_replayed_after_the_repair()
    {
        var sku = await world.StockedSkuAsync("PULL-3", 10);
        world.Taobao.Unmappable.Add("R-1");
        world.Taobao.Publish(FakePlatform.Order("R-1", sku.Code), Recently());
        await world.PullAsync();
        var (id, reason) = await world.OneAsync("select id, reason from channels_inbox where external_id = 'R-1' and state = 5", r => (r.GetInt64(0), r.GetString(1)));
        reason.ShouldBe("未知的促销结构");

        world.Taobao.Unmappable.Clear();
        (await ReplayAsync(id)).Value.ShouldBe(1);

        (await world.CountAsync("select count(*) from orders_orders where platform_order_no = 'R-1'")).ShouldBe(1);
        (await ReplayAsync(id)).Error!.Code.ShouldBe("channels.not_in_quarantine");

        Task<Result<int>> ReplayAsync(long inboxId) => world.InScopeAsync<ReplayQuarantinedHandler, Result<int>>(h => h.HandleAsync(new(ChannelWorld.Pulled, [inboxId]), default));
    }

    [Fact]
    public async Task Two_pulls_of_one_shop_never_run_at_once()
    {
        world.Taobao.AskedFor.Clear();
        world.Taobao.Stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = world.PullAsync();
        await ChannelWorld.EventuallyAsync(() => Task.FromResult(world.Taobao.AskedFor.IsEmpty ? null : "asked"));
        try
        {
            (await world.PullAsync()).ShouldBe(PullOutcome.RunningElsewhere);
        }
        finally
        {
            world.Taobao.Stalled.SetResult();
            world.Taobao.Stalled = null;
        }
        (await first).ShouldBe(PullOutcome.Done);
    }

    [Fact]
    public async Task A_due_stream_is_claimed_by_one_host_only()
    {
        await using var claimed = new RunningPulls(world.Services.GetRequiredService<IServiceScopeFactory>(), NullLogger<RunningPulls>.Instance);
        var host = new PullDueShopsJob(world.Database, claimed, TimeProvider.System);
        var other = new PullDueShopsJob(world.Database, claimed, TimeProvider.System);
        await world.Database.RunAsync(tx => tx.ExecuteAsync("update channels_cursors set next_due_at = now() - interval '1 second'", default), default);

        var reports = await Task.WhenAll(host.RunAsync(default), other.RunAsync(default));

        reports.Sum(r => r.Seen).ShouldBe(6); // two shops: orders, refunds, proof
    }

    private static DateTimeOffset Recently() => TimeProvider.System.GetUtcNow().AddMinutes(-1);
}
