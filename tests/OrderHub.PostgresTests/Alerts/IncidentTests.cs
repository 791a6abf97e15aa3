using OrderHub.Channels.Pulling;
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
        world.WeCom[1].Text.ShouldContain("【恢复】 淘宝测试店：订单拉取失败");
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

    private async Task<PullOutcome> PullAsync()
    {
        var shop = await world.ShopIdAsync("tb-demo");
        return await world.InScopeAsync<PullShopHandler, PullOutcome>(handler => handler.HandleAsync(new(shop, PullStream.Orders), default));
    }
}
