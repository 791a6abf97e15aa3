using OrderHub.Channels.Alerts;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Pulling;
using OrderHub.Platform.Data;
using OrderHub.Platform.Incidents;
using OrderHub.Platform.Notifications;
using OrderHub.Sandbox;

namespace OrderHub.PostgresTests.Alerts;

public sealed class IncidentTests : IAsyncLifetime
{
    private readonly AlertWorld world = new();

    public Task InitializeAsync() => world.InitializeAsync();
    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_platform_that_is_down_gives_one_message_at_the_start_and_one_at_the_end()
    {
        await world.AddGroupAsync();
        await world.ConnectAsync("http://127.0.0.1:9/taobao");
        for (var round = 0; round < 3; round++)
        {
            (await PullAsync()).ShouldBe(PullOutcome.Failed);
            await world.PatrolAsync();
            await world.PatrolAsync();
            await world.SendAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        var alarm = world.WeCom.ShouldHaveSingleItem().Text;
        alarm.ShouldContain("淘宝测试店：订单拉取失败");
        alarm.ShouldContain("平台连接失败");
        alarm.ShouldContain("等待发货的订单：0");
        alarm.ShouldContain($"({AlertWorld.PublicUrl}/channels/tb-demo)");
        (await world.InScopeAsync<ReadIncidents, IncidentPage>(r => r.PageAsync(new(IncidentScope.Open, null, null), default))).Rows.ShouldHaveSingleItem().Occurrences.ShouldBe(3);

        await world.ConnectAsync(new Uri(world.Sandbox.BaseAddress, "taobao").ToString());
        for (var round = 0; round < 3; round++)
        {
            (await PullAsync()).ShouldBe(PullOutcome.Done);
            await world.PatrolAsync();
            await world.SendAsync();
            world.Clock.Advance(IIncidents.Quiet);
        }
        await world.SendAsync();
        world.WeCom.Count.ShouldBe(2);
        world.WeCom[1].Text.ShouldContain("【恢复】淘宝测试店：订单拉取失败");
        var past = (await world.InScopeAsync<ReadIncidents, IncidentPage>(r => r.PageAsync(new(IncidentScope.Past, "淘宝", null), default))).Rows.ShouldHaveSingleItem();
        past.Told.Select(t => (t.Target, t.Tone, t.State)).ShouldBe([(AlertWorld.Group, MessageTone.Alarm, NotificationState.Sent), (AlertWorld.Group, MessageTone.Recovery, NotificationState.Sent)]);
    }

    [Fact]
    public async Task Trouble_that_comes_back_before_the_all_clear_has_never_ended()
    {
        await world.AddGroupAsync();
        await world.OpenAsync("tb");
        for (var flap = 0; flap < 4; flap++)
        {
            await world.CloseAsync("tb");
            world.Clock.Advance(IIncidents.Quiet - TimeSpan.FromSeconds(20));
            await world.SendAsync();
            await world.OpenAsync("tb");
        }
        world.WeCom.Count.ShouldBe(1);
        await world.CloseAsync("tb");
        world.Clock.Advance(IIncidents.Quiet + TimeSpan.FromSeconds(1));
        await world.SendAsync();
        await world.OpenAsync("tb");
        await world.SendAsync();
        world.WeCom.Select(m => m.Title.Contains("恢复", StringComparison.Ordinal)).ShouldBe([false, true, false]);
        var rows = (await world.InScopeAsync<ReadIncidents, IncidentPage>(r => r.PageAsync(new(IncidentScope.All, null, null), default))).Rows;
        rows.Select(r => (r.Relapses, r.ClosedAt is null)).ShouldBe([(0, true), (4, false)]);
    }

    [Fact]
    public async Task Two_hosts_that_see_the_same_trouble_open_it_once()
    {
        await world.AddGroupAsync();
        await using var other = world.StartHost();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.OpenAsync("tb")));
        await Task.WhenAll(world.SendAsync(), world.SendAsync(other));
        world.WeCom.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_rolled_back_is_never_told()
    {
        await world.AddGroupAsync();
        await using (var tx = await world.Database.BeginAsync(default))
            await world.Incidents.OpenAsync(tx, new("test.pull", "tb"), new(new("从未发生"), [], null, []), default);
        (await world.SendAsync()).ShouldBe(0);
        world.WeCom.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_owner_of_a_shop_hears_of_it_and_nobody_else_unless_the_owner_is_gone()
    {
        await world.AddGroupAsync();
        var owner = await world.AddTargetAsync(new(null, "店长", TargetKind.DingTalk, world.DingTalkUrl.ToString(), SandboxCredentials.DingTalkSecret));
        await world.OpenAsync("a", owners: [owner]);
        await world.SendAsync();
        (world.WeCom.Count, world.Sandbox.Messages.Of("dingtalk").Count).ShouldBe((0, 1));

        await world.InScopeAsync<Platform.Notifications.Settings.ManageTargets, Platform.Results.Result>(targets => targets.EnableAsync(owner, false, default));
        await world.OpenAsync("b", owners: [owner]);
        await world.SendAsync();
        (world.WeCom.Count, world.Sandbox.Messages.Of("dingtalk").Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_token_that_ends_within_a_week_is_told_and_once_more_when_it_has_ended()
    {
        await world.AddGroupAsync();
        await world.ConnectAsync("http://127.0.0.1:9/taobao", world.Clock.GetUtcNow() + TimeSpan.FromDays(8));
        await world.PatrolAsync();
        await world.SendAsync();
        world.WeCom.ShouldBeEmpty();

        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.PatrolAsync();
        await world.SendAsync();
        world.WeCom.ShouldHaveSingleItem().Text.ShouldContain("授权即将到期");

        world.Clock.Advance(TimeSpan.FromDays(7));
        await world.PatrolAsync();
        await world.SendAsync();
        world.WeCom.Count.ShouldBe(2);
        world.WeCom[1].Text.ShouldContain("授权已过期");
    }

    [Fact]
    public async Task A_shop_that_cannot_pull_nor_deliver_is_one_trouble_and_the_quarantine_another()
    {
        await world.AddGroupAsync();
        await world.ConnectAsync("http://127.0.0.1:9/taobao");
        var shop = await world.ShopIdAsync("tb-demo");
        await world.Database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("update channels_cursors set last_error = 'http.unreachable: 平台连接失败', last_pull_at = $2 where shop_id = $1", default, shop, world.Clock.GetUtcNow());
            await tx.ExecuteAsync("""
                insert into channels_deliveries (kind, shop_id, subject_id, subject, state, revision, attempts, created_at, due_at, place_at, last_error, trace_id)
                values (2, $1, 1, 'MUG', 1, 1, 1, $2, $2, $2, $3, ''), (2, $1, 2, 'CUP', 3, 1, 1, $2, $2, $2, 'isv.item-not-exist: 商品不存在', '')
                """, default, shop, world.Clock.GetUtcNow(), "平台连续失败，已暂停半分钟");
            await tx.ExecuteAsync("""
                insert into channels_inbox (shop_id, kind, external_id, version, content_hash, payload, state, reason, source, received_at, trace_id)
                values ($1, 1, 'T-1', 1, '\\x01', '{', 5, '报文不是 JSON', 1, $2, '')
                """, default, shop, world.Clock.GetUtcNow());
        }, default);
        await world.PatrolAsync();
        await world.SendAsync();
        world.WeCom.Select(m => m.Title.Split('：')[1].Split('<')[0]).Order().ShouldBe(new[] { "订单拉取失败", "有报文进入隔离区", "发货或库存回传失败" }.Order());
        world.WeCom.Single(m => m.Text.Contains("订单拉取失败", StringComparison.Ordinal)).Text.ShouldContain("等待回传的任务：1");
        world.WeCom.Single(m => m.Text.Contains("隔离区", StringComparison.Ordinal)).Text.ShouldContain("错误：报文不是 JSON");
        world.WeCom.Single(m => m.Text.Contains("回传失败", StringComparison.Ordinal)).Text.ShouldContain("商品不存在");
    }

    [Fact]
    public async Task The_owners_chosen_for_a_shop_hear_of_its_channel()
    {
        await world.AddGroupAsync();
        var owner = await world.AddTargetAsync(new(null, "店长", TargetKind.DingTalk, world.DingTalkUrl.ToString(), SandboxCredentials.DingTalkSecret));
        var shop = await world.ShopIdAsync("tb-demo");
        (await world.InScopeAsync<ManageOwners, Platform.Results.Result>(owners => owners.SaveAsync(shop, [owner, 999], default))).Error.ShouldBeNull();
        (await world.InScopeAsync<ManageOwners, OwnersView>(owners => owners.ReadAsync(shop, default))).Owners.ShouldBe([owner]);
        await world.ConnectAsync("http://127.0.0.1:9/taobao", world.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        await world.PatrolAsync();
        await world.SendAsync();
        (world.WeCom.Count, world.Sandbox.Messages.Of("dingtalk").Count).ShouldBe((0, 1));
    }

    private async Task<PullOutcome> PullAsync()
    {
        var shop = await world.ShopIdAsync("tb-demo");
        return await world.InScopeAsync<PullShopHandler, PullOutcome>(handler => handler.HandleAsync(new(shop, PullStream.Orders), default));
    }
}
